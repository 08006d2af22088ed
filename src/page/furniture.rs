//! Page furniture 版面附件: what stands on a page and belongs to none of its articles — masthead, date line, page
//! number, the editors' names, telephone and e-mail, `（下转第二版）`.

use super::{byline, mark};

/// No piece of furniture is longer, in characters without white space.
const LONGEST: usize = 44;

/// Whether `text` (no white space, one line), of the characters `all`, is a piece of furniture and nothing else. O(its
/// length).
///
/// A telephone or an e-mail address alone is none: it may be what an announcement is about.
pub(super) fn is_furniture(all: &[char], text: &str) -> bool {
    let parts = |it: &char| matches!(it, '，' | '。' | '；' | '！' | '？' | '“' | '《' | '、');
    all.len() <= LONGEST
        && text.len() <= 3 * LONGEST
        && !all.iter().any(parts)
        && (is_turn(all)
            || is_page_number(all)
            || is_dateline(all)
            || is_masthead(all, text)
            || is_credit(text)
            || is_publisher(text))
}

/// Whether `text` (no white space) says how to reach the newspaper: furniture when it stands beside other furniture.
pub(crate) fn is_contact(text: &str) -> bool {
    const LABELS: [&str; 13] = [
        "电话",
        "热线",
        "新闻热线",
        "广告热线",
        "发行热线",
        "传真",
        "邮箱",
        "电子邮箱",
        "电子信箱",
        "E-mail",
        "Email",
        "网址",
        "地址",
    ];
    let labelled = LABELS.iter().any(|it| {
        text.strip_prefix(it).is_some_and(|it| it.starts_with(['：', ':', '(', '（', '0', '1', '4']))
    });
    let short = text.chars().count() <= LONGEST && !text.contains(['，', '。', '；']);
    short && (labelled || text.is_ascii() && (text.contains("www.") || text.contains('@')))
}

/// `（下转第二版）`, `▼下转A02版`: a jump line alone.
fn is_turn(text: &[char]) -> bool {
    let end = if text.last().is_some_and(|it| mark::closes(*it) || *it == '】') { 2 } else { 1 };
    mark::turn(text) == Some(false) && text.len() <= 16 && text.get(text.len() - end) == Some(&'版')
}

/// The byte at which the jump line begins that ends `text`: `……防控工作。（下转第二版）`.
pub(crate) fn trailing_turn(text: &str) -> Option<usize> {
    let inner = text.trim_end();
    let open = inner.rfind(['（', '('])?;
    let tail: Vec<char> = inner[open..].chars().filter(|it| !mark::is_space(*it)).collect();
    (open > 0 && is_turn(&tail)).then_some(open)
}

/// `第01版`, `A02`, `-3-`, `01要闻`, `第3版：综合新闻`.
fn is_page_number(text: &[char]) -> bool {
    let numeral = |it: char| it.is_ascii_digit() || mark::is_han_numeral(it);
    let dashes = |it: &char| matches!(it, '-' | '—' | '·' | '－' | '–');
    if text.len() > 2 && dashes(&text[0]) && dashes(&text[text.len() - 1]) {
        let inner: Vec<char> = text.iter().copied().filter(|it| !dashes(it)).collect();
        return (1..=3).contains(&inner.len()) && inner.iter().all(char::is_ascii_digit);
    }
    let counted = text.first() == Some(&'第');
    let rest = &text[usize::from(counted)..];
    let lettered = usize::from(rest.first().is_some_and(char::is_ascii_uppercase));
    let digits = rest[lettered..].iter().take_while(|it| numeral(**it)).count();
    if digits == 0 || digits > 3 {
        return false;
    }
    match &rest[lettered + digits..] {
        [] => lettered == 1 && digits == 2 && rest.iter().skip(1).all(char::is_ascii_digit),
        ['版' | '页'] => counted || lettered == 1 || rest[0].is_ascii_digit(),
        ['版', '：' | ':' | '·' | '|' | '┃', name @ ..] => name.len() <= 8,
        ['版', name @ ..] => {
            counted && (2..=6).contains(&name.len()) && name.iter().all(|it| mark::is_han(*it))
        }
        _ => false,
    }
}

/// `2020年2月14日星期五`, `二〇二〇年二月十四日农历庚子年正月廿一`: a full date, then nothing but a weekday, the lunar
/// date, the page.
fn is_dateline(text: &[char]) -> bool {
    let numeral =
        |it: char| it.is_ascii_digit() || mark::is_han_numeral(it) || matches!(it, '〇' | '○' | '零' | '廿');
    let mut rest = text;
    for (unit, digits) in [('年', 4..=4), ('月', 1..=2), ('日', 1..=3)] {
        let n = rest.iter().take_while(|it| numeral(**it)).count();
        if !digits.contains(&n) || rest.get(n) != Some(&unit) {
            return false;
        }
        rest = &rest[n + 1..];
    }
    let words: String = rest.iter().collect();
    let week = ["星期", "（星期", "(星期", "周", "农历", "第", "总第"].iter().any(|it| words.starts_with(it));
    let ends = |it: char| "日一二三四五六天版期）)初十廿卅〇○零七八九0123456789要闻综合".contains(it);
    week && rest.last().is_some_and(|it| ends(*it)) && rest.len() <= 28
}

/// `焦作日报`, `JIAOZUODAILY`.
fn is_masthead(all: &[char], name: &str) -> bool {
    const KINDS: [&str; 9] = ["日报", "晚报", "晨报", "早报", "时报", "都市报", "周报", "青年报", "商报"];
    (3..=7).contains(&all.len())
        && !matches!(all[0], '电' | '见' | '据' | '读' | '订')
        && KINDS.iter().any(|it| name.ends_with(it))
        && all.iter().all(|it| mark::is_han(*it))
        || name.len() <= 24 && name.is_ascii() && (name.ends_with("DAILY") || name.ends_with("RIBAO"))
}

/// `责任编辑：刘芳 校对：王敏`.
fn is_credit(text: &str) -> bool {
    const LABELS: [&str; 13] = [
        "责任编辑",
        "本版责编",
        "本版编辑",
        "责编",
        "值班编委",
        "值班主任",
        "版式",
        "美编",
        "组版",
        "视觉",
        "校对",
        "编辑",
        "版面设计",
    ];
    let rest = LABELS.iter().find_map(|it| text.strip_prefix(it));
    let named = rest.is_some_and(|it| it.starts_with(['：', ':', '/', '│', '|']));
    // Without a colon, a name alone: `责任编辑刘芳`.
    let name = |it: &str| {
        let n = it.chars().count();
        (2..=4).contains(&n)
            && it.chars().all(mark::is_han)
            && it.chars().next().is_some_and(byline::is_surname)
    };
    named || ["责任编辑", "本版责编", "责编"].iter().any(|it| text.strip_prefix(it).is_some_and(name))
}

/// `中共焦作市委主办`, `国内统一连续出版物号CN41-0023`, `今日8版`, `总第12345期`, `邮发代号35-18`.
fn is_publisher(text: &str) -> bool {
    let starts = ["国内统一", "统一刊号", "邮发代号", "总第", "今日", "本期", "创刊于", "第"];
    let number = text.chars().any(|it| it.is_ascii_digit());
    let Some(label) = starts.iter().find(|it| text.starts_with(**it)) else {
        let n = text.chars().count();
        return (6..=18).contains(&n)
            && (text.ends_with("主办") || text.ends_with("主管主办") || text.ends_with("报社出版"));
    };
    match *label {
        "今日" | "本期" => number && text.ends_with('版') && text.chars().count() <= 8,
        "总第" | "第" => number && text.ends_with('期') && text.chars().count() <= 12,
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_text() {
        for it in [
            "2020年2月14日星期五",
            "二〇二〇年二月十四日星期五农历庚子年正月廿一",
            "2020年2月14日星期五第02版",
            "第01版",
            "A02",
            "3版",
            "-3-",
            "第3版：综合新闻",
            "焦作日报",
            "JIAOZUODAILY",
            "责任编辑：刘芳校对：王敏",
            "责任编辑刘芳",
            "（下转第二版）",
            "▼下转A02版",
            "中共焦作市委主办",
            "国内统一连续出版物号CN41-0023",
            "今日8版",
            "总第12345期",
        ] {
            assert!(is_furniture(&it.chars().collect::<Vec<_>>(), it), "{it}");
        }
        for it in [
            "2020年2月14日",
            "2020年2月14日清晨",
            "第三产业发展迅速",
            "三版",
            "电视时报",
            "责任编辑工作会议召开",
            "编辑部的故事",
            "今日焦作",
            "记者从焦作日报社获悉",
            "第一书记王晋豫",
            "本期关注老龄化",
            "（上接第一版）",
            "电话：0391-3909912",
            "50",
        ] {
            assert!(!is_furniture(&it.chars().collect::<Vec<_>>(), it), "{it}");
        }
    }

    #[test]
    fn a_jump_line_is_found_at_the_end_of_its_paragraph() {
        assert_eq!(trailing_turn("防控。（下转第二版）"), Some(9));
        assert_eq!(trailing_turn("防控。（见第二版）"), None);
        assert_eq!(trailing_turn("（下转第二版）"), None, "a line of its own");
    }

    #[test]
    fn a_contact_says_how_to_reach() {
        for it in ["电话：0391-3909912", "E-mail:jzrb@126.com", "新闻热线：8797000", "www.jzrb.com"] {
            assert!(is_contact(it), "{it}");
        }
        assert!(!is_contact("电话里他说"));
    }
}
