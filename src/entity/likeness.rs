//! Characters that are mistaken for one another: because they sound alike, or because they look alike.

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

/// The groups of characters that are mistaken for one another.
pub(super) struct Alike {
    /// The groups that each character from U+4E00 on is in, as a stretch of `all`: its start, and its length in the
    /// lowest four bits.
    of: Vec<u32>,
    /// Groups, and which of the group a character is.
    all: Vec<(u16, u16)>,
}

/// The first character of [`Alike::of`].
const FIRST: u32 = 0x4e00;

impl Alike {
    pub(super) fn shared() -> &'static Alike {
        static SHARED: OnceLock<Alike> = OnceLock::new();
        SHARED.get_or_init(|| {
            let members = || {
                let groups = (0..).zip(SOUNDS.lines().chain(SHAPES.iter().copied()));
                groups.flat_map(|(group, chars)| {
                    (0..).zip(chars.chars()).map(move |(which, char)| (char, (group, which)))
                })
            };
            let place = |char: char| (char as usize).wrapping_sub(FIRST as usize);
            let mut of = vec![0; 0xa000 - FIRST as usize];
            for (char, _) in members() {
                if let Some(length) = of.get_mut(place(char)) {
                    *length += 1;
                }
            }
            let mut start = 0;
            for stretch in &mut of {
                let length = *stretch;
                // As long as they are filled in.
                *stretch = start << 4;
                start += length;
            }
            let mut all = vec![(0, 0); start as usize];
            for (char, member) in members() {
                if let Some(stretch) = of.get_mut(place(char)) {
                    all[((*stretch >> 4) + (*stretch & 15)) as usize] = member;
                    *stretch += 1;
                }
            }
            Alike { of, all }
        })
    }

    /// The groups that `char` is in, each with which of the group it is.
    #[inline]
    pub(super) fn groups(&self, char: char) -> impl Iterator<Item = (u16, u16)> + use<'_> {
        let stretch = self.of.get((char as u32).wrapping_sub(FIRST) as usize).copied().unwrap_or(0);
        let start = (stretch >> 4) as usize;
        self.all[start..start + (stretch & 15) as usize].iter().copied()
    }
}

/// Whether `one` and `other` are mistaken for one another.
pub fn are_alike(one: char, other: char) -> bool {
    let alike = Alike::shared();
    one != other && alike.groups(one).any(|it| alike.groups(other).any(|other| other.0 == it.0))
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
