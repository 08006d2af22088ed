//! Who wrote a text, and who took a picture: lines of names and nothing else.

use std::sync::LazyLock;

use super::mark::is_han;
use crate::text::CharSet;

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

/// Whom somebody writes for, and as what, in the order in which these stand.
const HOUSES: [&str; 14] = [
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
];

/// What somebody does, before the names.
const DOES: [&str; 11] =
    ["记者", "記者", "通讯员", "文/", "图/", "文·图/", "摄影", "攝影", "作者", "撰文", "文"];

/// What a byline can start with: most lines start with something else.
static OPENERS: LazyLock<CharSet> =
    LazyLock::new(|| HOUSES.iter().chain(&DOES).filter_map(|it| it.chars().next()).collect());

/// Whether `line` (its own white space kept, trimmed) is a byline 署名 and nothing else: `本报记者 原文钊`.
pub(crate) fn is_byline(line: &str) -> bool {
    if line.len() > 90 {
        return false;
    }
    let inner = line.trim_start_matches(['（', '(', '□', '■', '●', '▲', '◎', '/', '\u{3000}', ' ']);
    if !inner.starts_with(|it| OPENERS.contains(it))
        || line.chars().any(|it| matches!(it, '，' | '。' | '；' | '！' | '？' | '“'))
    {
        return false;
    }
    let mut rest = inner.trim_end_matches(['）', ')', ' ', '\u{3000}']);
    let mut housed = false;
    for prefix in HOUSES {
        if let Some(it) = rest.strip_prefix(prefix) {
            rest = it;
            housed = true;
        }
    }
    let Some(names) = DOES.iter().find_map(|it| rest.strip_prefix(it)) else { return false };
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
    fn traditional_characters_are_read_as_well() {
        assert!(is_credit("本報記者 黃偉民 攝"));
        assert!(is_byline("記者：吳嘉欣"));
    }
}
