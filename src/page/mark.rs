//! What characters and line openings say about a boundary: punctuation classes, kinsoku, datelines.
//!
//! All tests are prefix or suffix tests on squashed text (no white space), O(1) in its length.

use crate::lexicon::is_ideograph;

/// Whether `c` is an ideograph.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// Whether `c` is a numeral from one to ten.
pub(super) fn is_han_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
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
            _ if is_ideograph(first) => Start::Han,
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
    let numbers = |it: char| it.is_ascii_digit() || is_han_numeral(it) || matches!(it, '①'..='⑳' | 'A'..='F');
    if !text.first().is_some_and(|it| matches!(it, '（' | '(' | '第') || numbers(*it)) {
        return false;
    }
    // What an examination offers to choose from.
    if matches!(text, ['A'..='F', '．' | '、', ..]) {
        return true;
    }
    let inner = strip(text, &["（", "(", "第"]);
    let bracketed = matches!(text.first(), Some('（' | '('));
    let n_han = inner.iter().take(3).take_while(|it| is_han_numeral(**it)).count();
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
    let Some(first) = text.first() else { return false };
    LABELS.iter().any(|it| it.starts_with(*first) && starts(text, it))
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
