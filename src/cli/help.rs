//! How each command is used, in both languages.

use super::args::Command;
use crate::settings::{Locale, Words};

/// The help for `command`.
pub(super) fn of(command: Command, locale: Locale) -> &'static str {
    locale.pick(match command {
        Command::Check => CHECK,
        Command::Annotate => ANNOTATE,
        Command::Outline => OUTLINE,
        Command::Export => EXPORT,
        Command::Rules => RULES,
        Command::Explain => EXPLAIN,
        Command::Lsp => LSP,
        Command::Help | Command::Version => ALL,
    })
}

const ALL: Words = Words {
    zh: "\
jiaodui 校对：校对从报纸 PDF 或 OCR 得来的中文

用法：jiaodui 命令 [选项] [路径…]

命令：
  check      找出断词断数、多余空格、标点等问题；--fix 改正，--diff 预览
  annotate   逐行输出 JSON：行与边界、篇章、实体、问题
  outline    按篇列出标题、署名、小标题与段落
  export     按篇写出原文：标题在前，段落完整
  rules      列出规则
  explain    说明一条规则
  lsp        语言服务器（标准输入输出）
  help       命令的用法：jiaodui help check

通用选项：
  --lang zh|en   消息的语言，默认取自 LC_ALL、LC_MESSAGES、LANG
  -h, --help     用法
  -V, --version  版本

设置写在 jiaodui.toml，自文件所在文件夹向上查找。
",
    en: "\
jiaodui 校对: proofreads Chinese text out of newspaper PDFs and OCR

Usage: jiaodui COMMAND [OPTION]… [PATH]…

Commands:
  check      find cut words and numbers, stray spaces, marks; --fix mends, --diff shows what would be mended
  annotate   one JSON object a document: lines and boundaries, articles, entities, findings
  outline    headlines, bylines, section heads and paragraphs, article by article
  export     each article as its author wrote it: headline first, paragraphs whole
  rules      list the rules
  explain    explain one rule
  lsp        the language server, over standard input and output
  help       how a command is used: jiaodui help check

For all commands:
  --lang zh|en   language of messages; from LC_ALL, LC_MESSAGES or LANG when not given
  -h, --help     this help
  -V, --version  the version

Settings stand in jiaodui.toml, looked for in the file's folder and upward.
",
};

const CHECK: Words = Words {
    zh: "\
检查文件

用法：jiaodui check [选项] [路径…]

  路径是文件夹时，检查其中的 .txt .text .md .markdown（遵照 .gitignore 等忽略文件，跳过隐藏文件）；
  写明的文件一律检查；- 是标准输入；不写路径即当前文件夹。

选项：
  --fix               改正能稳妥改正的问题，写回原文件（原编码、原 BOM，不会写半截）；
                      标准输入的结果写到标准输出
  --diff              只显示会怎样改（统一 diff 格式），不动文件
  --hints             也列出“提示”级的问题；默认只计数
  --outline           先按篇列出标题、署名与段落，再列问题
  --format text|json  输出格式，默认 text；json 是一个数组，含提示
  --encoding 名称     输入的编码；默认自动识别 UTF-8、UTF-16（带 BOM）、GB 18030
  --config 文件       只用这个设置文件，不再向上查找 jiaodui.toml
  --date 日期         文稿的日期或时刻，如 2020-02-13、2020-02-13T17:30；今年、昨日等由它推算
  --stdin-path 路径   标准输入所代表的文件，用来定设置与格式
  --lang zh|en        消息的语言

退出码：
  0  没有问题（提示不算）；--diff：没有可改的
  1  有问题；--diff：有可改的
  2  出错：参数有误，文件读不了、不是文本、写不回，或设置有误；其余文件照常检查
",
    en: "\
Check files

Usage: jiaodui check [OPTION]… [PATH]…

  In a folder, .txt .text .md .markdown files are checked (ignore files such as .gitignore are heeded, hidden
  files are left out); a file that is named is always checked; - is standard input; without a path, the current
  folder is checked.

Options:
  --fix               mend what can be mended safely, in the file (in its own encoding and with its byte order
                      mark, whole or not at all); what comes from standard input goes to standard output
  --diff              show what would be mended, as a unified diff; files stay as they are
  --hints             list findings of severity “hint” too; they are only counted otherwise
  --outline           list each document's articles before its findings
  --format text|json  how findings are printed; json is one array, hints included
  --encoding NAME     encoding of the input; else UTF-8, UTF-16 (with a byte order mark) and GB 18030 are found out
  --config FILE       use this settings file alone; no jiaodui.toml is looked for
  --date DATE         the document's date or moment, 2020-02-13 or 2020-02-13T17:30: what 昨日 is counted from
  --stdin-path PATH   the file that standard input stands for: settings and format are taken by it
  --lang zh|en        language of messages

Exit codes:
  0  nothing found (hints do not count); with --diff: nothing to mend
  1  findings; with --diff: something to mend
  2  an error: in the arguments, in settings, or a file that cannot be read, is no text or cannot be written;
     all other files are checked
",
};

const ANNOTATE: Words = Words {
    zh: "\
输出标注：每个文稿一个 JSON 对象，占一行

用法：jiaodui annotate [选项] 路径…

  每个对象：path、lines（行的角色与边界）、articles（篇）、entities（人名、日期、数量等）、findings（问题与改法）。
  start、end 是 UTF-8 文本的字节偏移；行号从 1 起；range 是 LSP 的范围（UTF-16）。

选项：
  --encoding 名称     输入的编码；默认自动识别
  --config 文件       只用这个设置文件
  --date 日期         文稿的日期或时刻，如 2020-02-13、2020-02-13T17:30；今年、昨日等由它推算
  --stdin-path 路径   标准输入（-）所代表的文件
  --lang zh|en        消息的语言
",
    en: "\
Print annotations: one JSON object a document, one document a line

Usage: jiaodui annotate [OPTION]… PATH…

  Each object: path, lines (their roles and boundaries), articles, entities (names, dates, amounts), findings (with
  their fixes). start and end count bytes of the UTF-8 text; lines count from 1; range is the LSP range in UTF-16.

Options:
  --encoding NAME     encoding of the input; found out when not given
  --config FILE       use this settings file alone
  --date DATE         the document's date or moment, 2020-02-13 or 2020-02-13T17:30: what 昨日 is counted from
  --stdin-path PATH   the file that standard input (-) stands for
  --lang zh|en        language of messages
",
};

const OUTLINE: Words = Words {
    zh: "\
按篇列出标题、署名、小标题与段落

用法：jiaodui outline [选项] 文件

选项：
  --format text|json  输出格式，默认 text
  --encoding 名称     输入的编码；默认自动识别
  --config 文件       只用这个设置文件
  --stdin-path 路径   标准输入（-）所代表的文件
  --lang zh|en        消息的语言
",
    en: "\
Print headlines, bylines, section heads and paragraphs, article by article

Usage: jiaodui outline [OPTION]… FILE

Options:
  --format text|json  how it is printed
  --encoding NAME     encoding of the input; found out when not given
  --config FILE       use this settings file alone
  --stdin-path PATH   the file that standard input (-) stands for
  --lang zh|en        language of messages
",
};

const EXPORT: Words = Words {
    zh: "\
按篇写出原文：标题、引题、副题、署名在前，然后是完整的段落与小标题

用法：jiaodui export [选项] 路径…

  路径可以是文件、文件夹，或 -（标准输入）；各文件依次写到标准输出。

选项：
  --format md|txt|jsonl  输出格式，默认 md；txt 一段一行；jsonl 每篇一行 JSON，带行号
  --no-furniture         不要报头、日期行、版次、责编、“下转第二版”等版面附件
  --encoding 名称        输入的编码；默认自动识别
  --config 文件          只用这个设置文件
  --stdin-path 路径      标准输入所代表的文件
  --lang zh|en           消息的语言
",
    en: "\
Write each article as its author wrote it: headline, kicker, subhead and byline first, then whole paragraphs

Usage: jiaodui export [OPTION]… PATH…

  A path is a file, a folder, or - for standard input; all go to standard output, one after the other.

Options:
  --format md|txt|jsonl  how it is written; md when not given; txt has one paragraph a line; jsonl one JSON
                         object an article, with line numbers
  --no-furniture         leave out masthead, date line, page number, the editors' names and jump lines
  --encoding NAME        encoding of the input; found out when not given
  --config FILE          use this settings file alone
  --stdin-path PATH      the file that standard input (-) stands for
  --lang zh|en           language of messages
",
};

const RULES: Words = Words {
    zh: "\
列出规则：代码、名称、默认级别、选项

用法：jiaodui rules [--format text|json] [--lang zh|en]
",
    en: "\
List the rules: code, name, default severity, options

Usage: jiaodui rules [--format text|json] [--lang zh|en]
",
};

const EXPLAIN: Words = Words {
    zh: "\
说明一条规则：查什么，为什么，例子，依据，选项

用法：jiaodui explain 代码 [--lang zh|en]
",
    en: "\
Explain a rule: what it finds, why, an example, its norm, its options

Usage: jiaodui explain CODE [--lang zh|en]
",
};

const LSP: Words = Words {
    zh: "\
语言服务器，经标准输入输出与编辑器通信；也可以一个服务供多个编辑器共用

用法：jiaodui lsp [--stdio]
      jiaodui lsp --listen 127.0.0.1:端口 | --pipe 文件 [--while-used] [--allow-remote]

  --listen 地址    在该地址等候编辑器连接；端口写 0 由系统选，选定后打印出来
  --pipe 文件      在该套接字文件等候，只有本用户能连
  --while-used     最后一个编辑器离开后结束
  --allow-remote   允许 --listen 用本机以外的地址
",
    en: "\
The language server, over standard input and output; or one server that many editors share

Usage: jiaodui lsp [--stdio]
       jiaodui lsp --listen 127.0.0.1:PORT | --pipe FILE [--while-used] [--allow-remote]

  --listen ADDRESS   wait there for editors to connect; with port 0 one is chosen and printed
  --pipe FILE        wait at this socket file, which this user alone can open
  --while-used       end when the last editor has left
  --allow-remote     let --listen have an address that other machines reach
",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_help_names_the_same_options_in_both_languages() {
        let options = |text: &str| {
            let mut found: Vec<String> = text
                .split(|it: char| !(it.is_ascii_alphanumeric() || it == '-'))
                .filter(|it| it.starts_with("--"))
                .map(str::to_string)
                .collect();
            found.sort();
            found.dedup();
            found
        };
        for help in [ALL, CHECK, ANNOTATE, OUTLINE, EXPORT, RULES, EXPLAIN, LSP] {
            assert_eq!(options(help.zh), options(help.en));
        }
    }
}
