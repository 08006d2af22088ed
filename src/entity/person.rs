//! Names of people: a surname and one or two characters of a given name, weighed against the words of the dictionary.
//!
//! A name is a word like any other on the likeliest path through a text, so that `高速`, `任务` or `方便` stay words
//! and `张宁、许凯两名` yields two names. Its probability is that of the surname times that of the given name's
//! characters, more after `记者` or before `说`.

use std::sync::OnceLock;

use super::gazetteer;
use super::list::Affixes;
use crate::page::paragraph::Span;

/// Surnames: four lines of one-character surnames, common ones first, then those of two characters.
static SURNAMES: &str = include_str!("surnames.txt");

/// −10 × the natural log-probability of a surname in each line of [`SURNAMES`].
const SURNAME: [u8; 5] = [28, 41, 54, 72, 70];

/// A character of given names a line, and −10 × the natural log-probability of it as the first of two, the second of
/// two, and the only one; two digits each.
static GIVEN: &str = include_str!("given.txt");

/// −10 × the natural log-probability of a character that [`GIVEN`] does not have.
const RARE: u8 = 110;

/// Characters that foreign names are written with.
const FOREIGN: &str = "阿埃艾爱安昂奥巴白拜班邦保鲍贝本比彼毕宾波玻伯勃博布卜茨采查察柴彻达大代戴丹当德登邓狄迪蒂丁顿东都杜多厄恩尔耳法凡范方菲费芬丰佛夫弗福富盖甘冈戈哥格根古瓜圭贵哈海汉豪赫亨洪胡华怀惠霍基吉季加贾杰金津卡凯坎康考柯科克肯孔库夸奎昆拉莱赖兰朗劳勒雷里理礼李力利立丽莉连列林琳刘留隆卢鲁露伦罗洛马玛迈麦曼芒毛梅门蒙米密敏明缪摩莫默姆木穆拿那纳娜乃奈南内尼涅宁纽农努诺欧帕潘庞培佩彭蓬皮珀蒲普齐奇契恰乔切钦琼丘热仁日荣茹儒瑞若萨塞森沙尚绍舍申圣施什史士舒朔斯思松苏素索塔泰坦汤唐陶特滕提铁廷通图托脱瓦万旺威韦维魏温文翁沃乌武西希锡夏香肖谢辛欣休雪雅亚延扬杨耶叶伊依宜因英尤于约云赞泽曾扎詹张哲珍治朱卓兹子宗祖佐妮萝丝芙莎黛娅姬琪薇吕谷蕾蓓罕葛弥艮克顿黎蔡策逊萧桑辛奥滕岑卑匈";

/// The natural log-probability that a word is a foreign name, and that of each of its characters.
const FOREIGN_PRIOR: f32 = -9.0;
const FOREIGN_CHARACTER: f32 = -4.8;

/// Characters of a foreign name without a point.
const FOREIGN_LENGTHS: std::ops::RangeInclusive<usize> = 3..=8;

/// Characters that a given name does not end with: 危化品, 普惠型, 毛伊岛.
const NO_END: &str = "品型性枝委岛屿方家院局厅站镇乡村县市区州省湖河江路街桥山庙寺宫殿阁湾港店社厂组队团会员者们等时日月年度率费税款量值期";

/// Short names of provinces and the like: 晋鲁豫 is nobody.
const PROVINCES: &str = "京津沪渝冀豫鲁晋陕甘青宁新疆藏川蜀滇黔桂粤琼闽赣湘鄂皖苏浙台港澳辽吉黑蒙淮黄长珠";

/// The natural log-probability that a word of a text is a person's full name, where nothing around it tells.
const PRIOR: f32 = -7.0;

/// Given names of one character, and of two.
const ONE: f32 = -1.6;
const TWO: f32 = -0.22;

/// What names stand right behind.
static BEFORE: Affixes<&str> = Affixes::of(&[
    "记者",
    "通讯员",
    "书记",
    "主任",
    "局长",
    "市长",
    "省长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "村长",
    "校长",
    "院长",
    "所长",
    "站长",
    "队长",
    "组长",
    "部长",
    "处长",
    "科长",
    "厅长",
    "社长",
    "会长",
    "团长",
    "行长",
    "州长",
    "董事长",
    "理事长",
    "秘书长",
    "经理",
    "总裁",
    "总监",
    "主席",
    "总理",
    "总统",
    "首相",
    "大臣",
    "委员",
    "院士",
    "教授",
    "研究员",
    "专家",
    "医生",
    "医师",
    "护士",
    "护士长",
    "民警",
    "交警",
    "干部",
    "党员",
    "同志",
    "老师",
    "教师",
    "学生",
    "村民",
    "居民",
    "市民",
    "网友",
    "员工",
    "职工",
    "工人",
    "负责人",
    "代表",
    "队员",
    "志愿者",
    "工作人员",
    "司机",
    "老人",
    "演员",
    "作者",
    "编辑",
    "主编",
    "主持人",
    "教练",
    "选手",
    "运动员",
    "冠军",
    "将军",
    "上校",
    "烈士",
    "英雄",
    "战士",
    "大使",
    "发言人",
    "律师",
    "农民",
    "创始人",
    "作家",
    "画家",
    "书法家",
    "诗人",
    "学者",
    "患者",
    "儿子",
    "女儿",
    "妻子",
    "丈夫",
    "母亲",
    "父亲",
    "班长",
    "连长",
    "厂长",
    "店主",
    "户主",
    "馆长",
    "台长",
    "检察长",
    "审判长",
    "法官",
    "检察官",
    "工程师",
    "设计师",
    "摄影",
    "文/",
    "图/",
    "指导员",
    "辅导员",
    "网格员",
    "设计者",
    "导演",
    "编剧",
    "歌手",
    "嫌疑人",
    "被告人",
    "当事人",
    "贫困户",
    "老兵",
    "军人",
    "宇航员",
    "航天员",
]);

/// What names stand right before.
static AFTER: Affixes<&str> = Affixes::of(&[
    "说",
    "表示",
    "告诉",
    "介绍",
    "指出",
    "强调",
    "认为",
    "坦言",
    "回忆",
    "透露",
    "先生",
    "女士",
    "同志",
    "等人",
    "总书记",
    "主席",
    "总理",
    "书记",
    "主任",
    "教授",
    "院士",
    "老师",
    "医生",
    "一家",
    "、",
    "）",
    "作报告",
    "主持",
    "出席",
    "会见",
    "代表",
    "烈士",
    "夫妇",
    "夫妻",
    "老人",
]);

/// What is known of a character.
#[derive(Clone, Copy)]
struct Character {
    /// −10 × the natural log-probability of it as a surname; 0 when it is none.
    surname: u8,
    /// −10 × the natural log-probabilities of it as the first of two characters of a given name, the second, the only.
    given: [u8; 3],
    /// [`ENDS_BEFORE`], [`STARTS_AFTER`], …
    flags: u8,
    /// What [`Names::aptness`] says of it.
    aptness: u8,
}

impl Character {
    /// One of which nothing is known; what no table by character holds has to be looked up.
    const UNKNOWN: Character = Character { surname: 0, given: [RARE; 3], flags: STARTS_PLACE, aptness: 0 };
}

const ENDS_BEFORE: u8 = 1;
const STARTS_AFTER: u8 = 2;
const STARTS_COMPOUND: u8 = 4;
const IS_FOREIGN: u8 = 8;
const IS_NO_END: u8 = 16;
const IS_PROVINCE: u8 = 32;
const STARTS_PLACE: u8 = 64;

/// What names can start with a character.
#[derive(Clone, Copy)]
pub(super) struct Starts {
    /// A full name, with a surname.
    pub(super) person: bool,
    /// A foreign name.
    pub(super) foreign: bool,
    /// A place of the gazetteer.
    pub(super) place: bool,
}

/// What the names are weighed with: a table by character.
pub(super) struct Names {
    characters: Vec<Character>,
    compounds: Vec<&'static str>,
}

/// The first character of the table.
const FIRST: u32 = 0x4e00;

impl Names {
    /// The names that are compiled in. Read at the first call; all of the names open in 2 ms (benches/names.rs).
    pub(super) fn shared() -> &'static Names {
        static SHARED: OnceLock<Names> = OnceLock::new();
        SHARED.get_or_init(Names::read)
    }

    fn read() -> Names {
        let unknown = |char| Character {
            flags: if gazetteer::may_start(char) { STARTS_PLACE } else { 0 },
            ..Character::UNKNOWN
        };
        let characters = (FIRST..FIRST + 0x5200).filter_map(char::from_u32).map(unknown).collect();
        let mut names = Names { characters, compounds: Vec::new() };
        for (line, surname) in SURNAMES.lines().zip(SURNAME) {
            if line.contains(' ') {
                names.compounds.extend(line.split(' '));
            } else {
                line.chars().for_each(|it| names.with(it, |it| it.surname = surname));
            }
        }
        for line in GIVEN.lines() {
            let mut chars = line.chars();
            let Some(char) = chars.next() else { continue };
            let digits: Vec<u8> = chars.filter_map(|it| it.to_digit(10)).map(|it| it as u8).collect();
            if let [a, b, c, d, e, f] = digits[..] {
                names.with(char, |it| it.given = [a * 10 + b, c * 10 + d, e * 10 + f]);
            }
        }
        let ends = BEFORE.words().filter_map(|it| it.chars().next_back());
        ends.for_each(|it| names.with(it, |it| it.flags |= ENDS_BEFORE));
        let starts = AFTER.words().filter_map(|it| it.chars().next());
        starts.for_each(|it| names.with(it, |it| it.flags |= STARTS_AFTER));
        for index in 0..names.compounds.len() {
            let first = names.compounds[index].chars().next();
            first.into_iter().for_each(|it| names.with(it, |it| it.flags |= STARTS_COMPOUND));
        }
        for (chars, flag) in [(FOREIGN, IS_FOREIGN), (NO_END, IS_NO_END), (PROVINCES, IS_PROVINCE)] {
            chars.chars().for_each(|it| names.with(it, |it| it.flags |= flag));
        }
        names.characters.iter_mut().for_each(|it| it.aptness = aptness(*it));
        names
    }

    fn with(&mut self, char: char, change: impl Fn(&mut Character)) {
        if let Some(it) =
            u32::from(char).checked_sub(FIRST).and_then(|it| self.characters.get_mut(it as usize))
        {
            change(it);
        }
    }

    /// What is known of `char`.
    #[inline]
    fn character(&self, char: char) -> Character {
        let known = u32::from(char).checked_sub(FIRST).and_then(|it| self.characters.get(it as usize));
        known.copied().unwrap_or(Character::UNKNOWN)
    }

    /// What names can start with `char`.
    #[inline]
    pub(super) fn starts(&self, char: char) -> Starts {
        let Character { surname, flags, .. } = self.character(char);
        Starts {
            person: surname > 0 || flags & STARTS_COMPOUND != 0,
            foreign: flags & IS_FOREIGN != 0,
            place: flags & STARTS_PLACE != 0,
        }
    }

    /// The full names that can start at byte `at` of `text`: `found` gets the end of each and its natural
    /// log-probability as a word.
    pub(super) fn at(&self, text: &str, at: usize, mut found: impl FnMut(usize, f32)) {
        let mut chars = text[at..].char_indices();
        let Some((_, char)) = chars.next() else { return };
        let first = self.character(char);
        if first.surname > 0 {
            let surname = -f32::from(first.surname) / 10.0;
            self.given(text, at, surname, at + char.len_utf8(), &mut found);
        }
        if first.flags & STARTS_COMPOUND != 0
            && let Some((second, char)) = chars.next()
        {
            let end = at + second + char.len_utf8();
            if self.compounds.contains(&&text[at..end]) {
                self.given(text, at, -f32::from(SURNAME[4]) / 10.0, end, &mut found);
            }
        }
    }

    /// The names whose given name starts at byte `start`.
    fn given(&self, text: &str, at: usize, surname: f32, start: usize, found: &mut impl FnMut(usize, f32)) {
        let mut chars = text[start..].char_indices().map_while(|(index, char)| {
            is_han(char).then(|| (start + index + char.len_utf8(), self.character(char)))
        });
        let Some((end, first)) = chars.next() else { return };
        let before = PRIOR + surname + self.before(&text[..at]);
        let provinces = self.last_flags(&text[..start]) & first.flags & IS_PROVINCE;
        if first.flags & IS_NO_END == 0 && provinces == 0 {
            found(end, before + ONE - f32::from(first.given[2]) / 10.0 + self.after(&text[end..]));
        }
        let Some((end, second)) = chars.next() else { return };
        if second.flags & IS_NO_END == 0 && provinces & second.flags == 0 {
            let given = f32::from(first.given[0]) + f32::from(second.given[1]);
            found(end, before + TWO - given / 10.0 + self.after(&text[end..]));
        }
    }

    /// The foreign names that can start at byte `at` of `text`, as [`Names::at`].
    pub(super) fn foreign_at(&self, text: &str, at: usize, mut found: impl FnMut(usize, f32)) {
        let mut end = at;
        for (length, char) in (1..=*FOREIGN_LENGTHS.end()).zip(text[at..].chars()) {
            if !self.is_foreign(char) {
                break;
            }
            end += char.len_utf8();
            if FOREIGN_LENGTHS.contains(&length) {
                found(end, FOREIGN_PRIOR + FOREIGN_CHARACTER * length as f32);
            }
        }
    }

    /// How `char` does in names of people: as a surname, in given names, in foreign names; below 40.
    #[inline]
    pub(super) fn aptness(&self, char: char) -> u8 {
        self.character(char).aptness
    }

    /// Whether a name can start with `first` and hold `other`: with a surname, or as foreign names are written.
    #[inline]
    pub(super) fn may_hold(&self, first: char, other: char) -> bool {
        let first = self.starts(first);
        first.person || first.foreign && self.is_foreign(other)
    }

    /// Whether foreign names are written with `char`.
    #[inline]
    pub(super) fn is_foreign(&self, char: char) -> bool {
        self.character(char).flags & IS_FOREIGN != 0
    }

    /// The natural log-probability of `name`, which stands alone, as a full name, if it is built like one.
    pub(super) fn ln_probability(&self, text: &str, span: Span) -> Option<f32> {
        let mut best: Option<f32> = None;
        self.at(text, span.start as usize, |end, ln| {
            if end == span.end as usize {
                best = Some(best.map_or(ln, |it| it.max(ln)));
            }
        });
        best
    }

    /// How much likelier a name is behind `text`.
    pub(super) fn before(&self, text: &str) -> f32 {
        if text.ends_with('、') {
            1.5
        } else if self.last_flags(text) & ENDS_BEFORE != 0 && BEFORE.suffix_of(text).is_some() {
            5.0
        } else {
            0.0
        }
    }

    /// How much likelier a name is before `text`.
    pub(super) fn after(&self, text: &str) -> f32 {
        let first = text.chars().next();
        match first {
            Some('、' | '）') => 2.0,
            Some(char)
                if self.character(char).flags & STARTS_AFTER != 0 && AFTER.prefix_of(text).is_some() =>
            {
                2.5
            }
            _ => 0.0,
        }
    }

    /// The flags of the last character of `text`.
    fn last_flags(&self, text: &str) -> u8 {
        text.chars().next_back().map_or(0, |it| self.character(it).flags)
    }
}

/// How a character does in names of people.
fn aptness(Character { surname, given, flags, .. }: Character) -> u8 {
    let surname = match surname {
        0 => 0,
        1..=28 => 1,
        29..=41 => 2,
        42..=54 => 3,
        _ => 4,
    };
    let given = match given[0].min(given[1]) {
        0..=54 => 3,
        55..=69 => 2,
        70..=109 => 1,
        _ => 0,
    };
    surname + 5 * given + 20 * u8::from(flags & IS_FOREIGN != 0)
}

/// Whether `char` is an ideograph; names hold rare ones.
pub(super) fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}
