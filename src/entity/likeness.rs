//! Characters that are mistaken for one another: because they sound alike, or because they look alike.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Characters that sound alike, whatever their tone: a line for each syllable.
static SOUNDS: &str = include_str!("sounds.txt");

/// Characters that look alike: those that extraction and readers of bad print take for one another.
const SHAPES: &[&str] = &[
    "己已巳",
    "末未",
    "士土",
    "日曰",
    "刀力",
    "人入",
    "大太犬",
    "王玉",
    "干千于",
    "戌戍戊",
    "侯候",
    "栾奕弈",
    "晴睛",
    "晓哓",
    "洁诘",
    "杨扬",
    "胡湖",
    "刘浏",
    "陈阵",
    "肖尚",
    "宇字",
    "牛午",
    "贝见",
    "乌鸟",
    "免兔",
    "折拆",
    "析折",
    "沐沫",
    "泪汩",
    "冶治",
    "亨享",
    "哀衷",
    "博搏",
    "傅傳",
    "准淮",
    "冼洗",
    "凌浚",
    "崇祟",
    "徒徙",
    "拔拨",
    "科料",
    "竞竟",
    "茶荼",
    "菅管",
    "辨辩",
    "辰晨",
    "钩钓",
    "锋峰",
    "隋随",
    "雎睢",
    "骄娇",
    "蔡察",
    "薛薜",
    "裴斐",
    "丘兵",
    "佘余",
    "俞愈",
    "仓仑",
    "仇仉",
    "任仕",
    "汪江",
    "沈沉",
    "泰秦",
    "曹曾",
    "柏伯",
    "桓恒",
    "梁粱",
    "烨桦",
    "玲铃",
    "珊册",
    "瑶谣",
    "璟景",
    "皓浩",
    "祥详",
    "程逞",
    "素索",
    "纲网",
    "绍昭",
    "翔祥",
    "苗笛",
    "莹萤",
    "菲非",
    "虞虚",
    "连莲",
    "邵绍",
    "郝赤",
    "铭名",
    "阎阁",
    "靖清",
    "韩朝",
    "馨磬",
    "魏巍",
    "龙尤",
    "宏洪",
];

/// Whether `one` and `other` are mistaken for one another.
pub fn are_alike(one: char, other: char) -> bool {
    static GROUPS: OnceLock<HashMap<char, Vec<u16>>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| {
        let mut groups: HashMap<char, Vec<u16>> = HashMap::new();
        for (group, chars) in (0..).zip(SOUNDS.lines().chain(SHAPES.iter().copied())) {
            chars.chars().for_each(|it| groups.entry(it).or_default().push(group));
        }
        groups
    });
    let of = |it: char| groups.get(&it).map_or(&[][..], Vec::as_slice);
    one != other && of(one).iter().any(|it| of(other).contains(it))
}

/// The character in which `one` and `other` differ, as a byte of each, where it is the only one and the two characters
/// are mistaken for one another.
pub fn slip(one: &str, other: &str) -> Option<usize> {
    let mut slip = None;
    let (mut left, mut right) = (one.char_indices(), other.chars());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return slip,
            (Some((at, one)), Some(other)) if one != other => {
                if slip.is_some() || !are_alike(one, other) {
                    return None;
                }
                slip = Some(at);
            }
            (Some(_), Some(_)) => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_sound_or_look_alike_are_alike() {
        for (one, other) in [('新', '欣'), ('豫', '裕'), ('己', '已'), ('行', '形'), ('行', '航')] {
            assert!(are_alike(one, other) && are_alike(other, one), "{one}{other}");
        }
        for (one, other) in [('一', '二'), ('王', '李'), ('新', '新'), ('a', 'b')] {
            assert!(!are_alike(one, other), "{one}{other}");
        }
    }

    #[test]
    fn a_slip_is_one_character() {
        assert_eq!(slip("艺欣街道", "艺新街道"), Some(3));
        assert_eq!(slip("艺欣街到", "艺新街道"), None);
        assert_eq!(slip("艺新街道", "艺新街道"), None);
        assert_eq!(slip("艺新街", "艺新街道"), None);
    }
}
