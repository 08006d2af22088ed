//! The places of the gazetteer: China's divisions down to townships, and the countries and large cities of the world.

use std::sync::OnceLock;

use super::list::List;
use crate::lexicon::Entry;
use crate::lexicon::trie::Trie;

/// Names of places, with the line and level of each; `build.rs` makes it.
static TRIE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.trie"));

/// The places themselves: one a line, indented under what they belong to; the townships of a county on its line,
/// behind a colon.
static LINES: [&str; 2] = [include_str!("divisions.txt"), include_str!("world.txt")];

/// What a place of the gazetteer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 省, 自治区, 直辖市.
    Province,
    /// 地级市, 自治州, 地区, 盟.
    City,
    /// 县, 区, 县级市, 旗.
    County,
    /// 洲.
    Continent,
    /// 国.
    Country,
    /// A large city abroad.
    ForeignCity,
    /// 镇, 乡, 街道.
    Township,
}

/// A name of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// What the name stands for; the largest place where several share it.
    pub(super) level: Level,
    /// A name without 省, 市, 县: `焦作`.
    pub(super) short: bool,
}

/// The names that `text` starts with, shortest first, each with its length in bytes.
pub(super) fn places_at(text: &str) -> impl Iterator<Item = (usize, Place)> {
    trie().prefixes(text.as_bytes()).map(|(value, length)| {
        let level = match value & 7 {
            0 => Level::Province,
            1 => Level::City,
            2 => Level::County,
            3 => Level::Continent,
            4 => Level::Country,
            5 => Level::ForeignCity,
            _ => Level::Township,
        };
        (length, Place { level, short: value & 8 != 0 })
    })
}

/// Whether a name can start with `char`.
pub(super) fn may_start(char: char) -> bool {
    trie().may_start(char)
}

/// Short names that are common words, too: a text that says them means the place only with its 县 or 区.
static COMMON: List = List::of(&[
    "平原", "城区", "城中", "郊区", "矿区", "东方", "前进", "港口", "南部", "合作", "友好", "东湖", "古城",
    "南湖", "河口", "江北", "运河", "太平", "江山", "商城", "城北", "新城", "西城", "东城", "城东", "城西",
    "故城", "西山", "滨海", "河西", "河东", "海港", "温泉", "清水", "大城", "天桥", "江海", "通城", "江城",
    "南山", "北湖", "花山", "双桥", "长安", "大都", "山城", "南岸", "南岳", "中原", "甘泉", "万年", "新建",
    "向阳", "永安", "大安", "安宁", "金山", "来宾", "安康", "百色", "白银", "会同", "中方", "台前", "站前",
    "市中", "市北", "市南", "路南", "路北", "金台", "莲花", "牡丹", "名山", "光山", "和平", "解放", "新市",
    "管理", "铁力", "老城", "龙门", "石门", "西夏", "渡口", "当阳", "开平", "通道", "大方", "高台", "东至",
    "山南", "黑山", "文山", "清新", "鼓楼", "钟楼", "宝塔",
]);

/// Whether `name`, a short name of `place`, means the place where it stands alone. `entry` is the dictionary's.
pub(super) fn is_meant(name: &str, place: Place, entry: Option<Entry>) -> bool {
    if !place.short || place.level != Level::County && !COMMON.contains(name) {
        return true;
    }
    !COMMON.contains(name) && entry.is_none_or(|it| it.tag.name() == "ns" || it.frequency <= 60)
}

/// The place that `name` stands for.
pub(super) fn place(name: &str) -> Option<Place> {
    places_at(name).find(|(length, _)| *length == name.len()).map(|it| it.1)
}

/// Where the place `name` lies, for each place of that name: the names of what it belongs to, outermost first, and
/// its own full name. `木栾街道` → 河南省, 焦作市, 武陟县, 木栾街道. Empty for a name that the gazetteer does not have.
/// Reads through the gazetteer's 4 000 lines (0.5 MB): for a card, not for a text.
pub fn regions(name: &str) -> Vec<Vec<&'static str>> {
    let mut found = Vec::new();
    if place(name).is_none() {
        return found;
    }
    for list in LINES {
        let mut path: Vec<&'static str> = Vec::new();
        for line in list.lines() {
            let level = line.bytes().take_while(|it| *it == b'\t').count();
            let (names, townships) = line.split_once(':').unwrap_or((line, ""));
            let mut names = names.split_whitespace();
            let Some(full) = names.next() else { continue };
            path.truncate(level);
            path.push(full);
            if full == name || names.any(|it| it == name) {
                found.push(path.clone());
            }
            if let Some(township) = townships.split_whitespace().find(|it| *it == name) {
                found.push([&path[..], &[township]].concat());
            }
        }
    }
    found
}

/// The trie, opened at the first call.
fn trie() -> &'static Trie {
    static OPEN: OnceLock<Trie> = OnceLock::new();
    OPEN.get_or_init(|| Trie::of(TRIE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_known_by_its_full_and_its_short_name() {
        assert_eq!(place("焦作市"), Some(Place { level: Level::City, short: false }));
        assert_eq!(place("武陟"), Some(Place { level: Level::County, short: true }));
        assert_eq!(place("法国").map(|it| it.level), Some(Level::Country));
        assert_eq!(place("焦"), None);
        assert_eq!(place(""), None);
    }

    #[test]
    fn a_place_lies_where_its_divisions_say() {
        assert_eq!(regions("武陟县"), [["河南省", "焦作市", "武陟县"]]);
        assert_eq!(regions("开罗"), [["非洲", "埃及", "开罗"]]);
        assert_eq!(regions("木栾街道"), [["河南省", "焦作市", "武陟县", "木栾街道"]]);
        assert!(regions("朝阳区").len() > 1);
        assert!(regions("无此地").is_empty());
    }
}
