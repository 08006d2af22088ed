//! Reads the arguments.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use encoding_rs::Encoding;
use lexopt::Arg;

use super::say;
use crate::config::{nearest, perhaps};
use crate::expression::Reference;
use crate::settings::Locale;

/// What the program is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Check,
    Annotate,
    Outline,
    Export,
    Rules,
    Explain,
    Lsp,
    Help,
    Version,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
    Markdown,
    /// One JSON object a line.
    JsonLines,
}

/// A command and all that was said about it.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) command: Command,
    /// Show how the command is used instead.
    pub(super) help: bool,
    /// The arguments that are no options.
    pub(super) operands: Vec<OsString>,
    pub(super) locale: Locale,
    pub(super) format: Format,
    pub(super) fix: bool,
    pub(super) diff: bool,
    pub(super) hints: bool,
    /// Print the articles of a document before its findings.
    pub(super) outline: bool,
    /// Keep masthead, date line, page number and jump lines.
    pub(super) furniture: bool,
    /// The encoding of all input; found out for each file when `None`.
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) config: Option<PathBuf>,
    /// The moment that documents are read from, in place of what they say themselves.
    pub(super) date: Option<Reference>,
    /// The file that standard input stands for.
    pub(super) stdin_path: Option<PathBuf>,
    /// Where the server listens.
    pub(super) listen: Option<SocketAddr>,
    /// The socket file that it listens at.
    pub(super) pipe: Option<PathBuf>,
    /// Whether it ends when nobody uses it any more.
    pub(super) while_used: bool,
    /// Whether other machines may be let in.
    pub(super) allow_remote: bool,
}

impl Command {
    const NAMED: [(&'static str, Command); 9] = [
        ("check", Command::Check),
        ("annotate", Command::Annotate),
        ("outline", Command::Outline),
        ("export", Command::Export),
        ("rules", Command::Rules),
        ("explain", Command::Explain),
        ("lsp", Command::Lsp),
        ("help", Command::Help),
        ("version", Command::Version),
    ];

    /// The command of that name.
    fn named(name: &str) -> Option<Command> {
        Command::NAMED.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    /// The options that it takes, besides `--help`, `--version` and `--lang`, which all take.
    fn options(self) -> &'static [&'static str] {
        match self {
            Command::Check => {
                &["fix", "diff", "format", "hints", "outline", "encoding", "config", "date", "stdin-path"]
            }
            Command::Annotate => &["encoding", "config", "date", "stdin-path"],
            Command::Outline => &["format", "encoding", "config", "stdin-path"],
            Command::Export => &["format", "no-furniture", "encoding", "config", "stdin-path"],
            Command::Rules => &["format"],
            // Editors' client libraries add the second one on their own.
            Command::Lsp => &["stdio", "clientProcessId", "listen", "pipe", "while-used", "allow-remote"],
            Command::Explain | Command::Help | Command::Version => &[],
        }
    }

    /// The values of its `--format`, the default first.
    fn formats(self) -> &'static [(&'static str, Format)] {
        match self {
            Command::Export => {
                &[("md", Format::Markdown), ("txt", Format::Text), ("jsonl", Format::JsonLines)]
            }
            _ => &[("text", Format::Text), ("json", Format::Json)],
        }
    }

    /// How many operands it takes: at least, at most.
    fn operands(self) -> (usize, usize) {
        match self {
            Command::Check => (0, usize::MAX),
            Command::Annotate | Command::Export => (1, usize::MAX),
            Command::Outline | Command::Explain => (1, 1),
            Command::Help => (0, 1),
            Command::Rules | Command::Lsp | Command::Version => (0, 0),
        }
    }
}

impl Options {
    /// Reads `args`, without the program's name. The error is the sentence for the user.
    pub(super) fn parse(args: Vec<OsString>, locale: Locale) -> Result<Options, String> {
        let mut options = Options {
            command: Command::Help,
            help: false,
            operands: Vec::new(),
            locale,
            format: Format::Text,
            fix: false,
            diff: false,
            hints: false,
            outline: false,
            furniture: true,
            encoding: None,
            config: None,
            date: None,
            stdin_path: None,
            listen: None,
            pipe: None,
            while_used: false,
            allow_remote: false,
        };
        let mut command = None;
        let mut format = None;
        let mut parser = lexopt::Parser::from_args(args);
        loop {
            let argument = parser.next().map_err(|it| Self::odd(&it.to_string(), locale))?;
            let name = match argument {
                None => break,
                Some(Arg::Value(value)) if command.is_none() => {
                    let name = value.to_string_lossy();
                    command =
                        Some(Command::named(&name).ok_or_else(|| Self::unknown_command(&name, locale))?);
                    continue;
                }
                Some(Arg::Value(value)) => {
                    options.operands.push(value);
                    continue;
                }
                Some(Arg::Short('h')) => "help".to_string(),
                Some(Arg::Short('V')) => "version".to_string(),
                Some(Arg::Short(it)) => return Err(Self::unknown_option(&format!("-{it}"), &[], locale)),
                Some(Arg::Long(it)) => it.to_string(),
            };
            let known = command.map_or(&[][..], Command::options);
            if !["help", "version", "lang"].contains(&&*name) && !known.contains(&&*name) {
                return Err(Self::unknown_option(&format!("--{name}"), known, locale));
            }
            let mut value = || {
                parser.value().map_err(|_| {
                    say(locale, format!("--{name} 后面缺少值"), format!("--{name} needs a value"))
                })
            };
            match &*name {
                "help" => options.help = true,
                "version" => command = Some(Command::Version),
                "fix" => options.fix = true,
                "diff" => options.diff = true,
                "hints" => options.hints = true,
                "outline" => options.outline = true,
                "no-furniture" => options.furniture = false,
                "config" => options.config = Some(value()?.into()),
                "while-used" => options.while_used = true,
                "allow-remote" => options.allow_remote = true,
                "pipe" => options.pipe = Some(value()?.into()),
                "listen" => {
                    let told = value()?.to_string_lossy().into_owned();
                    let address = told.parse().map_err(|_| {
                        Self::bad_value("--listen", &told, "127.0.0.1:9257, [::1]:9257", locale)
                    });
                    options.listen = Some(address?);
                }
                "stdin-path" => options.stdin_path = Some(value()?.into()),
                "format" => {
                    let name = value()?.to_string_lossy().into_owned();
                    let formats = command.map_or(&[][..], Command::formats);
                    let names = || formats.iter().map(|it| it.0).collect::<Vec<_>>().join(", ");
                    let known = formats.iter().find(|it| it.0 == name).map(|it| it.1);
                    let unknown = || Self::bad_value("--format", &name, &names(), locale);
                    format = Some(known.ok_or_else(unknown)?);
                }
                "date" => {
                    let date = value()?.to_string_lossy().into_owned();
                    let known = "2020, 2020-02, 2020-02-13, 2020-02-13T17:30";
                    options.date = Some(
                        Reference::parse(&date)
                            .ok_or_else(|| Self::bad_value("--date", &date, known, locale))?,
                    );
                }
                "encoding" => {
                    let label = value()?.to_string_lossy().into_owned();
                    let encoding = Encoding::for_label_no_replacement(label.as_bytes());
                    let known = "utf-8, gb18030, gbk, big5, utf-16le, utf-16be, …";
                    options.encoding =
                        Some(encoding.ok_or_else(|| Self::bad_value("--encoding", &label, known, locale))?);
                }
                "lang" => {
                    let tag = value()?.to_string_lossy().into_owned();
                    let language = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
                    if !["zh", "en"].contains(&language.as_str()) {
                        return Err(Self::bad_value("--lang", &tag, "zh, en", locale));
                    }
                }
                "clientProcessId" => {
                    value()?;
                }
                _ => {}
            }
        }
        options.command = command.unwrap_or(Command::Help);
        options.format = format.or(options.command.formats().first().map(|it| it.1)).unwrap_or_default();
        options.checked()
    }

    /// The same, when command, operands and options go together.
    fn checked(mut self) -> Result<Options, String> {
        let locale = self.locale;
        if self.command == Command::Help
            && let Some(name) = self.operands.pop()
        {
            let name = name.to_string_lossy();
            self.command = Command::named(&name).ok_or_else(|| Self::unknown_command(&name, locale))?;
            self.help = true;
        }
        if self.help {
            return Ok(self);
        }
        let (least, most) = self.command.operands();
        if self.operands.len() < least {
            return Err(Self::odd(&say(locale, "缺少参数".into(), "an argument is missing".into()), locale));
        }
        if let Some(extra) = self.operands.get(most) {
            let extra = extra.to_string_lossy();
            return Err(Self::odd(
                &say(locale, format!("多余的参数“{extra}”"), format!("unexpected argument “{extra}”")),
                locale,
            ));
        }
        if self.fix && self.diff {
            return Err(say(
                locale,
                "--fix 与 --diff 只能选一个".into(),
                "--fix and --diff exclude each other".into(),
            ));
        }
        if let Some(address) = self.listen.filter(|it| !it.ip().is_loopback() && !self.allow_remote) {
            return Err(say(
                locale,
                format!("{address} 不是本机地址：别的机器也能连上。确要如此，请加 --allow-remote"),
                format!("{address} lets other machines in; if that is meant, add --allow-remote"),
            ));
        }
        if self.listen.is_some() && self.pipe.is_some() {
            return Err(say(
                locale,
                "--listen 与 --pipe 只能选一个".into(),
                "--listen and --pipe exclude each other".into(),
            ));
        }
        if self.outline && (self.diff || self.format == Format::Json) {
            return Err(say(
                locale,
                "--outline 只与文本格式同用".into(),
                "--outline goes with the text format alone".into(),
            ));
        }
        if self.diff && self.format == Format::Json {
            return Err(say(locale, "--diff 没有 JSON 格式".into(), "--diff has no JSON format".into()));
        }
        Ok(self)
    }

    fn unknown_command(name: &str, locale: Locale) -> String {
        let nearest = nearest(name, Command::NAMED.iter().map(|it| it.0));
        let what = say(locale, format!("没有“{name}”这个命令"), format!("there is no command “{name}”"));
        Self::odd(&(what + &perhaps(nearest, locale)), locale)
    }

    fn unknown_option(name: &str, known: &[&str], locale: Locale) -> String {
        let known = known.iter().copied().chain(["help", "version", "lang"]);
        let nearest = nearest(name.trim_start_matches('-'), known).map(|it| format!("--{it}"));
        let what = say(locale, format!("没有 {name} 这个选项"), format!("there is no option {name} here"));
        Self::odd(&(what + &perhaps(nearest.as_deref(), locale)), locale)
    }

    fn bad_value(option: &str, value: &str, known: &str, locale: Locale) -> String {
        say(
            locale,
            format!("{option} 不能是“{value}”，可写 {known}"),
            format!("{option} cannot be “{value}”; it takes {known}"),
        )
    }

    /// A fault in the arguments, and where to read on.
    fn odd(what: &str, locale: Locale) -> String {
        what.to_string() + &say(locale, "（用法见 jiaodui --help）".into(), " (see jiaodui --help)".into())
    }
}

/// The reader's language: `--lang` wherever it stands, else what the environment says.
pub(super) fn locale(args: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Locale {
    let args: Vec<_> = args.iter().map(|it| it.to_string_lossy()).collect();
    let after = args.windows(2).find(|it| it[0] == "--lang").map(|it| it[1].to_string());
    let told = after.or_else(|| args.iter().find_map(|it| it.strip_prefix("--lang=").map(str::to_string)));
    let environment =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|it| variable(it).filter(|it| !it.is_empty()));
    told.or_else(environment).map_or(Locale::default(), |it| Locale::of_tag(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Options, String> {
        Options::parse(args.iter().map(OsString::from).collect(), Locale::En)
    }

    #[test]
    fn options_stand_before_or_after_the_paths() {
        let options = parse(&["check", "a.txt", "--fix", "--format=json", "-", "--encoding", "GBK"]).unwrap();
        assert_eq!((options.command, options.fix, options.format), (Command::Check, true, Format::Json));
        assert_eq!(options.operands, ["a.txt", "-"]);
        assert_eq!(options.encoding, Some(encoding_rs::GBK));
        assert_eq!(parse(&["check", "--", "--fix"]).unwrap().operands, ["--fix"]);
    }

    #[test]
    fn what_is_unknown_is_named_with_what_is_near() {
        for (args, said) in [
            (&["chekc"][..], "there is no command “chekc”; did you mean check?"),
            (&["check", "--fxi"], "there is no option --fxi here; did you mean --fix?"),
            (&["rules", "--fix"], "there is no option --fix here"),
            (&["check", "--format", "xml"], "--format cannot be “xml”; it takes text, json"),
            (&["export", "--format", "json", "a"], "--format cannot be “json”; it takes md, txt, jsonl"),
            (&["check", "--format"], "--format needs a value"),
            (&["check", "--encoding=martian"], "--encoding cannot be “martian”"),
            (&["annotate", "--date", "2020-02-30", "a"], "--date cannot be “2020-02-30”"),
            (&["outline"], "an argument is missing"),
            (&["outline", "a", "b"], "unexpected argument “b”"),
            (&["check", "--fix", "--diff"], "--fix and --diff exclude each other"),
            (&["check", "--outline", "--format=json"], "--outline goes with the text format alone"),
            (&["lsp", "--listen", "9257"], "--listen cannot be “9257”; it takes 127.0.0.1:9257"),
            (&["lsp", "--listen", "0.0.0.0:9257"], "0.0.0.0:9257 lets other machines in"),
            (&["lsp", "--listen", "[::1]:9257", "--pipe", "x"], "--listen and --pipe exclude each other"),
        ] {
            let error = parse(args).unwrap_err();
            assert!(error.starts_with(said), "{error}");
        }
    }

    #[test]
    fn help_is_shown_for_the_command_that_is_named() {
        for args in [&["help", "check"][..], &["check", "--help"], &["-h", "check"], &["outline", "-h"]] {
            assert!(parse(args).unwrap().help);
        }
        assert_eq!(parse(&[]).unwrap().command, Command::Help);
        assert_eq!(parse(&["-V"]).unwrap().command, Command::Version);
    }

    #[test]
    fn a_client_library_may_add_its_own_options() {
        assert_eq!(parse(&["lsp", "--stdio", "--clientProcessId=7"]).unwrap().command, Command::Lsp);
    }

    #[test]
    fn the_language_is_told_or_taken_from_the_environment() {
        let of = |args: &[&str], set: &[(&str, &str)]| {
            let args: Vec<OsString> = args.iter().map(OsString::from).collect();
            locale(&args, |name| set.iter().find(|it| it.0 == name).map(|it| it.1.to_string()))
        };
        assert_eq!(of(&[], &[]), Locale::Zh);
        assert_eq!(of(&[], &[("LC_ALL", ""), ("LANG", "en_US.UTF-8")]), Locale::En);
        assert_eq!(of(&[], &[("LC_ALL", "zh_CN.UTF-8"), ("LANG", "en_US.UTF-8")]), Locale::Zh);
        assert_eq!(of(&["check", "--lang", "en"], &[("LANG", "zh_CN")]), Locale::En);
        assert_eq!(of(&["--lang=zh"], &[("LANG", "en_US")]), Locale::Zh);
    }
}
