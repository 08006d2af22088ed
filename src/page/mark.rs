//! What characters and line openings say about a boundary: punctuation classes, kinsoku, datelines, bylines.
//!
//! All tests are prefix or suffix tests on squashed text (no white space), O(1) in its length.

/// Whether `c` is an ideograph.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// White space, the byte order mark and the zero-width space among it: what a squashed line leaves out.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

/// Marks that may not start a line (CLREQ 3.1.3, UAX #14 classes CL, EX, NS).
pub(crate) fn no_start(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〉'
            | '”'
            | '’'
            | '…'
            | '—'
            | '·'
            | '%'
            | '％'
            | '℃'
            | ','
            | '.'
            | '!'
            | '?'
            | ';'
            | ':'
            | ')'
            | ']'
            | '}'
            | '︰'
            | '﹂'
            | '﹄'
    )
}

/// Marks that may not end a line (CLREQ 3.1.3, UAX #14 class OP).
pub(crate) fn no_end(c: char) -> bool {
    matches!(c, '（' | '《' | '“' | '‘' | '「' | '『' | '【' | '〔' | '〈' | '(' | '[' | '{')
}

/// Opening quotation marks.
pub(crate) fn opens_quote(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『')
}

/// Closing quotation marks and brackets, which may follow a full stop.
pub(crate) fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')')
}

/// Marks that end a sentence.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

/// Whether `text` ends a sentence: a stop, or a stop and one closing mark; in Latin text a full stop after a word.
pub(crate) fn ends_sentence(text: &[char]) -> bool {
    match text {
        [.., last] if is_stop(*last) => true,
        [.., word, '.'] => word.is_ascii_lowercase() || matches!(word, ')' | '"'),
        [.., stop, last] => closes(*last) && (is_stop(*stop) || *stop == '…'),
        _ => false,
    }
}

/// Width in ideographs: anything below U+2000 is set half as wide.
pub(crate) fn width(c: char) -> f32 {
    if (c as u32) < 0x2000 || ('\u{FF61}'..='\u{FFDC}').contains(&c) { 0.5 } else { 1.0 }
}

/// How a line ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum End {
    Stop,
    StopClosed,
    Closed,
    Comma,
    Listing,
    Semicolon,
    Colon,
    Bracket,
    Title,
    Dash,
    Opening,
    Digit,
    Latin,
    #[default]
    Mark,
    Han,
}

impl End {
    /// The ending of squashed `text`.
    pub(crate) fn of(text: &[char]) -> End {
        let Some(&last) = text.last() else { return End::Mark };
        match last {
            _ if is_stop(last) => End::Stop,
            '.' if ends_sentence(text) => End::Stop,
            '”' | '’' | '」' | '』' if ends_sentence(text) => End::StopClosed,
            '）' | ')' if ends_sentence(text) => End::StopClosed,
            '”' | '’' | '」' | '』' => End::Closed,
            '，' | ',' => End::Comma,
            '、' => End::Listing,
            '；' | ';' => End::Semicolon,
            '：' | ':' => End::Colon,
            '）' | ')' | '】' | '〕' => End::Bracket,
            '》' | '〉' => End::Title,
            '…' | '—' => End::Dash,
            _ if no_end(last) => End::Opening,
            _ if last.is_ascii_digit() => End::Digit,
            _ if last.is_ascii_alphabetic() => End::Latin,
            _ if is_han(last) => End::Han,
            _ => End::Mark,
        }
    }

    /// Whether a sentence ends there.
    pub(crate) fn is_stop(self) -> bool {
        matches!(self, End::Stop | End::StopClosed)
    }
}

/// How a line starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Start {
    /// A dateline 电头: `本报讯（记者`, `新华社北京2月1日电`.
    Lead,
    /// `记者`, which opens a byline or is the subject of a sentence.
    Reporter,
    /// `（上接第一版）`.
    Continued,
    /// `（下转第二版）`.
    Continues,
    Quote,
    Opening,
    /// A mark that may not begin a line.
    Kinsoku,
    Digit,
    Latin,
    Bullet,
    /// `一、`, `（二）`, `第三，`, `1.`
    Numbered,
    /// `——`
    Dash,
    /// `问：`, `答：`, `编者按`, `责任编辑`
    Speaker,
    #[default]
    Mark,
    Han,
    /// A short label and a colon: `老李：`, `联系电话：`, `出租方（甲方）：`
    Label,
}

impl Start {
    /// The opening of squashed `text`.
    pub(crate) fn of(text: &[char]) -> Start {
        let Some(&first) = text.first() else { return Start::Mark };
        if is_lead(text) {
            return Start::Lead;
        }
        match turn(text) {
            Some(true) => return Start::Continued,
            Some(false) => return Start::Continues,
            None => {}
        }
        if starts(text, "——") {
            return Start::Dash;
        }
        if is_numbered(text) {
            return Start::Numbered;
        }
        if is_speaker(text) {
            return Start::Speaker;
        }
        if is_label(text) {
            return Start::Label;
        }
        match first {
            '记' if starts(text, "记者") => Start::Reporter,
            '記' if starts(text, "記者") => Start::Reporter,
            '通' if starts(text, "通讯员") => Start::Reporter,
            '-' | '–' | '*' | '+' if text.get(1).is_some_and(|it| !it.is_ascii_digit() && *it != first) => {
                Start::Bullet
            }
            _ if opens_quote(first) => Start::Quote,
            _ if no_end(first) => Start::Opening,
            _ if no_start(first) => Start::Kinsoku,
            '0'..='9' => Start::Digit,
            '■' | '□' | '●' | '◆' | '▲' | '▼' | '★' | '☆' | '◎' | '※' | '►' | '▶' | '○' | '◇' | '△' | '•' => {
                Start::Bullet
            }
            _ if first.is_ascii_alphabetic() => Start::Latin,
            _ if is_han(first) => Start::Han,
            _ => Start::Mark,
        }
    }
}

/// Whether `text` starts with `prefix`.
pub(crate) fn starts(text: &[char], prefix: &str) -> bool {
    let mut it = text.iter();
    prefix.chars().all(|c| it.next() == Some(&c))
}

fn strip<'a>(text: &'a [char], prefixes: &[&str]) -> &'a [char] {
    prefixes.iter().find(|it| starts(text, it)).map_or(text, |it| &text[it.chars().count()..])
}

/// A dateline: `本报讯`, `本报北京2月1日电`, `新华社…电`, `本报记者`, `（记者`.
pub(crate) fn is_lead(text: &[char]) -> bool {
    const HOUSES: [&str; 11] =
        ["本报", "本刊", "新华社", "中新社", "本台", "人民日报", "央视", "据", "本報", "新華社", "中央社"];
    let text = text.strip_prefix(&['【']).unwrap_or(text);
    let first = text.first().copied().unwrap_or(' ');
    if !opens_lead(first) {
        return false;
    }
    let house = strip(text, &HOUSES);
    let housed = house.len() < text.len();
    if housed && first != '据' {
        let near = &house[..house.len().min(14)];
        if matches!(near.first(), Some('讯' | '訊')) {
            return true;
        }
        // `新华社北京2月1日电`: the wire's mark within a short line opening, with a date or at a bracket.
        if let Some(at) = near.iter().position(|it| matches!(it, '电' | '讯' | '電' | '訊'))
            && at > 0
            && (near[..at].iter().any(char::is_ascii_digit)
                || matches!(house.get(at + 1), Some('（' | '(' | '】')))
        {
            return true;
        }
    }
    let rest = strip(house, &["讯", "电", "訊", "電"]);
    let opened = strip(rest, &["（", "("]);
    let graded = strip(opened, &["特约", "首席", "见习", "实习", "本报"]);
    let media = strip(graded, &["全媒体"]);
    let marked = media.len() < text.len();
    marked
        && first != '据'
        && ["记者", "通讯员", "文/", "图/", "特派记者", "記者"].iter().any(|it| starts(media, it))
}

/// Whether a dateline can start with `c`, a bracket `【` before it left out.
pub(crate) fn opens_lead(c: char) -> bool {
    matches!(c, '本' | '新' | '中' | '据' | '人' | '央' | '（' | '(' | '特' | '首' | '见' | '实')
}

/// The continuation marks 转版: `Some(true)` for `（上接第一版）`, `Some(false)` for `（下转第二版）`.
pub(crate) fn turn(text: &[char]) -> Option<bool> {
    let first = *text.first()?;
    if !matches!(first, '（' | '(' | '▲' | '▼' | '◀' | '▶' | '【' | '上' | '下' | '紧' | '接') {
        return None;
    }
    let opened = &text[text
        .iter()
        .take(3)
        .take_while(|it| matches!(it, '（' | '(' | '【' | '▲' | '▼' | '◀' | '▶'))
        .count()..];
    let from = strip(opened, &["上接", "紧接", "接"]);
    let to = strip(opened, &["下转", "转"]);
    let (rest, begins) = if from.len() < opened.len() {
        (from, true)
    } else if to.len() < opened.len() {
        (to, false)
    } else {
        return None;
    };
    let page = &rest[..rest.len().min(7)];
    let number = page.first().is_some_and(|it| "第ABCDEFTt0123456789一二三四五六七八九十头".contains(*it));
    (number && page.contains(&'版')).then_some(begins)
}

fn is_numbered(text: &[char]) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十";
    let numbers =
        |it: char| it.is_ascii_digit() || NUMERALS.contains(it) || matches!(it, '①'..='⑳' | 'A'..='F');
    if !text.first().is_some_and(|it| matches!(it, '（' | '(' | '第') || numbers(*it)) {
        return false;
    }
    // What an examination offers to choose from.
    if matches!(text, ['A'..='F', '．' | '、', ..]) {
        return true;
    }
    let inner = strip(text, &["（", "(", "第"]);
    let bracketed = matches!(text.first(), Some('（' | '('));
    let n_han = inner.iter().take(3).take_while(|it| NUMERALS.contains(**it)).count();
    let n_digits = inner.iter().take(3).take_while(|it| it.is_ascii_digit()).count();
    let (n, digits) = if n_han > 0 { (n_han, false) } else { (n_digits, true) };
    if n == 0 || n > 2 {
        return matches!(text.first(), Some('①'..='⑳'));
    }
    match inner.get(n) {
        Some('）' | ')') => bracketed || digits,
        Some('、') => !bracketed,
        Some('，' | '：') => text.first() == Some(&'第'),
        Some('.' | '．') => digits && !inner.get(n + 1).is_some_and(char::is_ascii_digit),
        Some('是') => text.first() != Some(&'第') && !digits && n == 1,
        _ => false,
    }
}

fn is_speaker(text: &[char]) -> bool {
    const LABELS: [&str; 14] = [
        "问：",
        "答：",
        "记者：",
        "主持人：",
        "编者按",
        "编者的话",
        "责任编辑",
        "责编",
        "编辑：",
        "校对",
        "电话：",
        "邮箱",
        "地址：",
        "版式",
    ];
    let first = text.first().copied();
    LABELS.iter().any(|it| it.chars().next() == first && starts(text, it))
}

/// `老李：`, `联系电话：`, but not `他说：`, after which a sentence goes on.
fn is_label(text: &[char]) -> bool {
    let Some(n) = text.iter().take(11).position(|it| matches!(it, '：' | ':')) else { return false };
    let word = |it: &char| is_han(*it) || it.is_ascii_alphabetic();
    let label = match text[..n].iter().position(|it| *it == '（') {
        Some(open) if text[n - 1] == '）' && text[open + 1..n - 1].iter().all(word) => &text[..open],
        Some(_) => return false,
        None => &text[..n],
    };
    let n = label.len();
    (1..=6).contains(&n)
        && label.iter().all(word)
        && !"说道称示出为是下问答到诉写喊想有调确求明如括即及认析說稱問訴寫報爲為".contains(text[n - 1])
}

/// Whether `line` (its own white space kept, trimmed) says who took a picture and nothing else: `本报记者 李良 摄`.
pub(crate) fn is_credit(line: &str) -> bool {
    let inner = line.trim_matches(['（', '(', '）', ')', '/', ' ', '\u{3000}']);
    let taken =
        ["摄影", "摄影报道", "供图", "摄", "图", "攝", "攝影", "圖"].iter().any(|it| inner.ends_with(it));
    taken && is_byline(line) && !inner.starts_with("文") && !inner.contains("文/")
}

/// Surnames that are common enough to tell a name from a word.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟劉張陳楊趙黃吳孫馬鄭謝韓馮蕭許鄧葉閻羅盧蔣蘇魯龍萬錢湯栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺";

/// Whether `c` is a surname, common enough to tell a name from a word.
pub(crate) fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// Whether `line` (its own white space kept, trimmed) is a byline 署名 and nothing else: `本报记者 原文钊`.
pub(crate) fn is_byline(line: &str) -> bool {
    if line.len() > 90 || line.chars().any(|it| matches!(it, '，' | '。' | '；' | '！' | '？' | '“')) {
        return false;
    }
    let line = line.trim_start_matches(['（', '(', '□', '■', '●', '▲', '◎', '/', '\u{3000}', ' ']);
    let line = line.trim_end_matches(['）', ')', ' ', '\u{3000}']);
    let mut rest = line;
    let mut housed = false;
    for prefix in [
        "本报",
        "本報",
        "本刊",
        "新华社",
        "中新社",
        "本台",
        "人民日报",
        "融媒体",
        "特约",
        "首席",
        "见习",
        "实习",
        "全媒体",
        "特派",
    ] {
        if let Some(it) = rest.strip_prefix(prefix) {
            rest = it;
            housed = true;
        }
    }
    let Some(names) =
        ["记者", "記者", "通讯员", "文/", "图/", "文·图/", "摄影", "攝影", "作者", "撰文", "文"]
            .iter()
            .find_map(|it| rest.strip_prefix(it))
    else {
        return false;
    };
    let names = names.trim_start_matches(['：', ':', '·', ' ', '\u{3000}', '/']);
    let spaced = names.len() < rest.len() && rest.contains([' ', '\u{3000}', '：', '/']);
    let mut n = 0;
    for token in names.split([' ', '\u{3000}', '、', '/', '　']).filter(|it| !it.is_empty()) {
        let token = ["文/图", "摄影报道", "报道", "摄影", "文", "摄", "图", "攝影", "攝", "圖"].iter().fold(
            token,
            |it, end| {
                if it.chars().count() > end.chars().count() + 1 {
                    it.strip_suffix(end).unwrap_or(it)
                } else {
                    it
                }
            },
        );
        if matches!(
            token,
            "记者"
                | "通讯员"
                | "本报记者"
                | "文"
                | "摄"
                | "图"
                | "报道"
                | "摄影"
                | "摄影报道"
                | "文图"
                | "記者"
                | "攝"
                | "攝影"
                | "圖"
        ) {
            continue;
        }
        let token = token.strip_prefix("记者").or_else(|| token.strip_prefix("通讯员")).unwrap_or(token);
        let len = token.chars().count();
        if !token.chars().all(|it| is_han(it) || it == '·') || len > 4 {
            return false;
        }
        let named = token.chars().next().is_some_and(|it| SURNAMES.contains(it));
        let first_housed = housed && spaced;
        if n == 0 && !(named || first_housed) {
            return false;
        }
        n += 1;
    }
    n > 0 && n <= 8 && (housed || spaced || n == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_dateline_is_told_from_a_sentence() {
        for it in [
            "本报讯（记者李秋）做好",
            "新华社北京2月1日电",
            "本报记者张三",
            "（记者李四）",
            "本报郑州2月3日讯",
        ] {
            assert!(is_lead(&chars(it)), "{it}");
        }
        for it in ["记者从市卫健委了解到", "本报告指出", "新华书店", "据记者了解", "本报纸"]
        {
            assert!(!is_lead(&chars(it)), "{it}");
        }
    }

    #[test]
    fn a_byline_is_names_and_nothing_else() {
        for it in [
            "本报记者 原文钊",
            "（记者 王芳）",
            "通讯员 李强 张伟",
            "本报记者 刘婧 摄",
            "文/图 记者 陈明",
            "记者 张伟 报道",
            "本报记者原文钊",
        ] {
            assert!(is_byline(it), "{it}");
        }
        for it in ["记者从市疫情防控", "记者了解到，今年", "本报记者日前走进社区", "文化建设", "图书馆"]
        {
            assert!(!is_byline(it), "{it}");
        }
    }

    #[test]
    fn who_took_a_picture_is_told_from_who_wrote_the_text() {
        for it in ["本报记者 李良 摄", "（记者 王芳 摄）", "通讯员 张伟 供图", "本报记者李良摄"]
        {
            assert!(is_credit(it), "{it}");
        }
        for it in ["文/图 记者 陈明", "本报记者 李良", "本报记者 李良 文/图", "地图"] {
            assert!(!is_credit(it), "{it}");
        }
    }

    #[test]
    fn a_label_is_told_from_a_sentence_that_goes_on() {
        for it in ["老李：从正月", "联系电话：0391", "A：好", "地点:焦作"] {
            assert_eq!(Start::of(&chars(it)), Start::Label, "{it}");
        }
        for it in ["他说：“我们", "会议指出：要", "这几年，他：", "通知如下：一"] {
            assert_ne!(Start::of(&chars(it)), Start::Label, "{it}");
        }
    }

    #[test]
    fn traditional_characters_are_read_as_well() {
        for it in
            ["【本報訊】香港大學", "本報訊（記者吳嘉欣）", "新華社鄭州十二日電（", "【新華社鄭州十二日電】國"]
        {
            assert!(is_lead(&chars(it)), "{it}");
        }
        assert!(is_credit("本報記者 黃偉民 攝"));
        assert!(is_byline("記者：吳嘉欣"));
    }

    #[test]
    fn a_continuation_says_which_way() {
        assert_eq!(turn(&chars("（上接第一版）该公司")), Some(true));
        assert_eq!(turn(&chars("（下转第二版）")), Some(false));
        assert_eq!(turn(&chars("▲上接A01版")), Some(true));
        assert_eq!(turn(&chars("（上接受训练）")), None);
        assert_eq!(turn(&chars("转变作风")), None);
    }

    #[test]
    fn a_number_that_counts_is_told_from_one_that_measures() {
        for it in ["一、提高认识", "（二）加强", "1.总则", "第一，", "3、要求"] {
            assert_eq!(Start::of(&chars(it)), Start::Numbered, "{it}");
        }
        for it in ["一位居民", "2.8万余袋", "（十岁）"] {
            assert_ne!(Start::of(&chars(it)), Start::Numbered, "{it}");
        }
    }
}
