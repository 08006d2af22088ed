//! Places that no gazetteer lists: 西水寨村, 艺新街道, 经三路, 中站高速路口检测站.

use super::EntityKind;
use super::list::{Affixes, List};
use super::words::{Name, Words};
use crate::lexicon::Tags;

/// What the name of a place ends with, longest first where one ends with another; with the characters that may stand
/// before it, and whether common nouns may (人民路, but not 贫困村).
static ENDINGS: Affixes<(&str, std::ops::RangeInclusive<usize>, bool)> = Affixes::of(&[
    ("经济技术开发区", 2..=6, false),
    ("高新技术产业开发区", 2..=6, false),
    ("高速公路", 2..=6, false),
    ("批发市场", 2..=6, false),
    ("开发区", 2..=6, false),
    ("自然村", 2..=4, false),
    ("火车站", 2..=4, false),
    ("高铁站", 2..=4, false),
    ("加气站", 2..=6, false),
    ("加油站", 2..=6, false),
    ("服务区", 2..=4, false),
    ("收费站", 2..=6, false),
    ("检测站", 2..=8, false),
    ("产业园", 2..=8, false),
    ("工业园", 2..=6, false),
    ("街道", 2..=4, true),
    ("社区", 2..=6, false),
    ("小区", 2..=5, false),
    ("新村", 2..=3, false),
    ("大道", 2..=4, true),
    ("大街", 2..=4, true),
    ("高速", 2..=3, false),
    ("公路", 2..=4, false),
    ("铁路", 2..=4, false),
    ("高铁", 2..=4, false),
    ("大桥", 2..=5, false),
    ("隧道", 2..=5, false),
    ("机场", 2..=5, false),
    ("广场", 2..=5, true),
    ("公园", 2..=5, true),
    ("水库", 2..=4, false),
    ("半岛", 2..=5, false),
    ("群岛", 2..=5, false),
    ("海峡", 2..=5, false),
    ("新区", 2..=4, false),
    ("林场", 2..=4, false),
    ("景区", 2..=6, false),
    ("三街", 1..=3, false),
    ("村", 2..=4, false),
    ("镇", 2..=4, false),
    ("乡", 2..=4, false),
    ("县", 2..=4, false),
    ("区", 2..=4, false),
    ("市", 2..=4, false),
    ("州", 3..=8, false),
    ("路", 2..=4, true),
    ("街", 2..=4, true),
    ("巷", 2..=4, false),
    ("山", 2..=3, false),
    ("河", 2..=3, false),
    ("江", 2..=3, false),
    ("湖", 2..=3, false),
    ("岛", 2..=4, false),
    ("港", 2..=3, false),
]);

/// Words of the dictionary that end like places and are none.
static GENERIC: List = List::of(&[
    "高山",
    "大山",
    "火山",
    "冰山",
    "江山",
    "河山",
    "青山",
    "深山",
    "名山",
    "矿山",
    "登山",
    "爬山",
    "上山",
    "下山",
    "江河",
    "山河",
    "大河",
    "内河",
    "运河",
    "银河",
    "江湖",
    "大海",
    "公海",
    "沿海",
    "近海",
    "远海",
    "航海",
    "出海",
    "上海滩",
    "下海",
    "人海",
    "海岛",
    "孤岛",
    "荒岛",
    "小岛",
    "岛屿",
    "海港",
    "渔港",
    "军港",
    "空港",
    "山区",
    "城区",
    "市区",
    "郊区",
    "老区",
    "地区",
    "辖区",
    "小区",
    "社区",
    "街区",
    "园区",
    "景区",
    "校区",
    "灾区",
    "牧区",
    "林区",
    "矿区",
    "战区",
    "新区",
    "特区",
    "禁区",
    "误区",
    "农村",
    "乡村",
    "山村",
    "新村",
    "渔村",
    "全村",
    "全镇",
    "全乡",
    "全县",
    "全市",
    "全省",
    "城镇",
    "村镇",
    "集镇",
    "重镇",
    "小镇",
    "古镇",
    "家乡",
    "故乡",
    "老乡",
    "下乡",
    "返乡",
    "城市",
    "都市",
    "县市",
    "超市",
    "股市",
    "楼市",
    "门市",
    "夜市",
    "集市",
    "上市",
    "古城",
    "都城",
    "县城",
    "省城",
    "山城",
    "进城",
    "边城",
    "公路",
    "道路",
    "铁路",
    "马路",
    "线路",
    "网路",
    "思路",
    "出路",
    "退路",
    "后路",
    "一路",
    "同路",
    "半路",
    "走路",
    "赶路",
    "带路",
    "开路",
    "小路",
    "水路",
    "陆路",
    "电路",
    "销路",
    "门路",
    "大街",
    "街头",
    "上街",
    "逛街",
    "沿街",
    "临街",
    "一条街",
    "外国",
    "祖国",
    "大国",
    "强国",
    "王国",
    "帝国",
    "各国",
    "中外",
    "建国",
    "开国",
    "爱国",
    "回国",
    "出国",
    "本国",
    "我国",
    "全国",
    "共和国",
    "合众国",
    "联邦",
    "列国",
    "小国",
    "邻国",
    "岛国",
    "殖民地",
    "高原",
    "平原",
    "草原",
    "盆地",
    "沙漠",
    "半岛",
    "群岛",
    "海峡",
    "海湾",
    "港湾",
    "山脉",
    "山谷",
    "河谷",
    "河口",
    "路口",
    "出口",
    "入口",
    "关口",
    "窗口",
    "港口",
    "海口岸",
    "自治州",
    "自治县",
    "自治区",
    "寺庙",
    "庙",
    "省市",
    "州县",
    "市县",
    "大桥",
    "大道",
    "大江",
    "长城内外",
    "工业区",
    "开发区",
    "示范区",
    "保护区",
    "风景区",
    "居民区",
    "生活区",
    "集聚区",
    "隔离区",
    "服务区",
    "功能区",
    "商业区",
    "无人区",
    "旅游区",
    "自贸区",
    "欠发达地区",
    "少数民族地区",
    "革命老区",
    "贫困地区",
    "边疆",
    "海关",
    "天山南北",
    "大西洋城",
    "城关",
    "边关",
    "机关",
    "难关",
    "把关",
    "闯关",
    "西汉",
    "东汉",
    "满洲",
    "大洲",
    "绿洲",
    "九州",
    "神州",
    "五洲",
    "三角洲",
    "沙洲",
    "中州",
]);

/// Single characters that no name of a place goes on across, to the left.
const STOPS: &str = "的了着过在和与及跟同或从向往到将被给为是有无这那该此其各每某全本我你他她它们等都也还又再就已并且而但如若因以于至对按照据沿朝当让使令叫请派去来回进出入驻赴个位名条座所间片批种类第第两几多余近约达离距抵经由把则即后前上下内外里时";

/// Kinds of word that no name of a place goes on across, to the left.
const PARTING: Tags = Tags::of(&["p", "c", "d", "r", "u", "y", "v"]);

/// Kinds of word that stand in no name of a place, in few, and in some where they are rare.
const NO_NAMES: Tags = Tags::of(&["v", "vd", "vi", "d", "ad", "m", "l", "i", "t", "z", "mq"]);
const ATTRIBUTES: Tags = Tags::of(&["vn", "a", "an", "b"]);
const NOUNS: Tags = Tags::of(&["n", "s", "f", "j"]);

/// Whether `word`, which the dictionary has as a place, is one that is not in the gazetteer: a river, a mountain, a
/// city or region by its ending.
pub(super) fn is_landmark(word: &str) -> bool {
    static LONE: List = List::of(&[
        "东北",
        "西北",
        "华北",
        "华东",
        "华南",
        "华中",
        "西南",
        "江南",
        "中东",
        "东南亚",
        "南亚",
        "东亚",
        "西亚",
        "中亚",
        "欧洲",
        "亚洲",
        "非洲",
        "美洲",
        "拉美",
        "北美",
        "南美",
        "北欧",
        "西欧",
        "东欧",
        "中欧",
        "加勒比",
        "台湾",
        "台北",
        "高雄",
        "香港",
        "澳门",
        "九龙",
        "新界",
        "天安门",
        "中南海",
        "人民大会堂",
        "好莱坞",
        "硅谷",
        "夏威夷",
        "西伯利亚",
        "克里姆林宫",
        "白宫",
        "加沙",
        "约旦河西岸",
        "耶路撒冷",
        "长三角",
        "珠三角",
        "京津冀",
        "粤港澳",
        "胶东",
        "苏北",
        "苏南",
        "皖南",
        "闽南",
        "陕北",
        "豫北",
        "豫东",
        "豫西",
        "豫南",
        "冀中",
        "华山",
        "泰山",
        "黄山",
        "嵩山",
        "庐山",
        "衡山",
        "恒山",
        "延安",
        "井冈山",
        "西柏坡",
        "遵义",
        "瑞金",
        "敦煌",
        "三峡",
        "秦岭",
        "太行",
        "大别山",
    ]);
    const ENDINGS: &str = "山河江湖海岛洲湾峡州省市县区镇乡村路街桥岭峰陵";
    LONE.contains(word)
        || word.chars().count() >= 2
            && word.chars().next_back().is_some_and(|it| ENDINGS.contains(it))
            && !GENERIC.contains(word)
}

/// Endings of places that take the short name of a region before them into their own: 中站高速路口检测站.
static FACILITIES: List = List::of(&[
    "检测站",
    "收费站",
    "加气站",
    "加油站",
    "火车站",
    "高铁站",
    "批发市场",
    "机场",
    "服务区",
    "大桥",
]);

/// Common nouns that names of communities hold: 群英新村社区.
static SETTLEMENTS: List =
    List::of(&["新村", "花园", "家园", "小区", "广场", "公园", "大院", "东村", "西村", "路口", "高速"]);

/// Puts together the places of several words, and marks them.
pub(super) fn places(words: &mut Words<'_>) {
    for last in 0..words.words.len() {
        if !words.is_han(last) || words.names[last].is_some() {
            continue;
        }
        if let Some(first) = first_word(words, last) {
            for index in first..last {
                words.names[index] = None;
            }
            words.names[last] = Some(Name { kind: EntityKind::Place, first });
        }
    }
}

/// The first word of the place that ends with word `last`, if one does.
fn first_word(words: &Words<'_>, last: usize) -> Option<usize> {
    let text = words.word(last);
    let (ending, lengths, common) = ENDINGS.at(ENDINGS.suffix_of(text)?);
    if GENERIC.contains(text) && text != *ending {
        return None;
    }
    let mut length = text.chars().count() - ending.chars().count();
    if 1 < length && matches!(words.tag(last), "nr" | "ns" | "nz") && "村镇乡县".contains(ending) {
        return Some(last);
    }
    let facility = FACILITIES.contains(ending);
    let mut first = last;
    while 0 < first && length < *lengths.end() {
        let before = first - 1;
        let word = words.word(before);
        let chars = word.chars().count();
        if let Some(name) = words.names[before] {
            // 郑焦晋高速 is no person.
            let swallowed = match name.kind {
                EntityKind::Person => {
                    length == 0 && matches!(*ending, "高速" | "铁路" | "高铁" | "公路" | "大桥")
                }
                EntityKind::Place => facility && name.first == before && chars == 2,
                _ => false,
            };
            if swallowed {
                first = before;
                length += chars;
            }
            break;
        }
        if is_grid(words, before) {
            return "路街".contains(ending).then_some(before);
        }
        if !words.is_han(before) || stops(words, before) {
            break;
        }
        if length + chars > *lengths.end() || chars > 1 && is_generic(words, before, *common) {
            return None;
        }
        first = before;
        length += chars;
    }
    (lengths.contains(&length) && first < last).then_some(first)
}

/// Whether word `index`, of several characters, tells what kind of place it is, not which: 贫困|村.
fn is_generic(words: &Words<'_>, index: usize, common: bool) -> bool {
    let frequency = words.words[index].frequency;
    if SETTLEMENTS.contains(words.word(index)) {
        return false;
    }
    words.is_tagged(index, NO_NAMES)
        || !common && words.is_tagged(index, ATTRIBUTES)
        || !common && 300 < frequency && words.is_tagged(index, NOUNS)
}

/// Whether word `index` starts the name of a street of a grid: 经|三|路, 纬|十二路.
fn is_grid(words: &Words<'_>, index: usize) -> bool {
    let number = words.word(index + 1).trim_end_matches(['路', '街']);
    matches!(words.word(index), "经" | "纬")
        && !number.is_empty()
        && number.chars().all(|it| "一二三四五六七八九十".contains(it))
}

/// Whether a place cannot go on to the left across word `index`.
fn stops(words: &Words<'_>, index: usize) -> bool {
    let word = words.word(index);
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(char), None) => STOPS.contains(char),
        _ => words.is_tagged(index, PARTING),
    }
}
