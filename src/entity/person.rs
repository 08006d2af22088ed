//! Names of people: a surname and one or two characters of a given name, weighed against the words of the dictionary.
//!
//! A name is a word like any other on the likeliest path through a text, so that `高速`, `任务` or `方便` stay words
//! and `张宁、许凯两名` yields two names. Its probability is that of the surname times that of the given name's
//! characters, more after `记者` or before `说`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::page::paragraph::Span;

/// Surnames: four lines of one-character surnames, common ones first, then those of two characters.
static SURNAMES: &str = include_str!("surnames.txt");

/// Natural log-probability of a surname in each line of [`SURNAMES`].
const SURNAME: [f32; 5] = [-2.8, -4.1, -5.4, -7.2, -7.0];

/// A character of given names a line, and −10 × the natural log-probability of it as the first of two, the second of
/// two, and the only one; two digits each.
static GIVEN: &str = include_str!("given.txt");

/// The natural log-probability of a character that [`GIVEN`] does not have.
const RARE: f32 = -10.2;

/// The natural log-probability that a word of a text is a person's full name, where nothing around it tells.
const PRIOR: f32 = -7.0;

/// Given names of one character, and of two.
const ONE: f32 = -1.6;
const TWO: f32 = -0.22;

/// What names stand right behind.
const BEFORE: &[&str] = &[
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
];

/// What names stand right before.
const AFTER: &[&str] = &[
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
    "告诉",
];

/// What the names are weighed with.
pub(super) struct Names {
    surnames: HashMap<char, f32>,
    compounds: HashMap<&'static str, f32>,
    given: HashMap<char, [f32; 3]>,
}

impl Names {
    /// The names that are compiled in. Read at the first call (0.2 ms).
    pub(super) fn shared() -> &'static Names {
        static SHARED: OnceLock<Names> = OnceLock::new();
        SHARED.get_or_init(|| {
            let mut surnames = HashMap::new();
            let mut compounds = HashMap::new();
            for (line, ln) in SURNAMES.lines().zip(SURNAME) {
                if line.contains(' ') {
                    compounds.extend(line.split(' ').map(|it| (it, ln)));
                } else {
                    surnames.extend(line.chars().map(|it| (it, ln)));
                }
            }
            let given = GIVEN.lines().filter_map(|line| {
                let char = line.chars().next()?;
                let digits = &line.as_bytes()[char.len_utf8()..];
                let ln = |at: usize| -f32::from((digits[at] - b'0') * 10 + (digits[at + 1] - b'0')) / 10.0;
                Some((char, [ln(0), ln(2), ln(4)]))
            });
            Names { surnames, compounds, given: given.collect() }
        })
    }

    /// The full names that can start at byte `at` of `text`: `found` gets the end of each and its natural
    /// log-probability as a word.
    pub(super) fn at(&self, text: &str, at: usize, mut found: impl FnMut(usize, f32)) {
        let mut chars = text[at..].char_indices().map(|(index, char)| (at + index, char));
        let Some((_, first)) = chars.next() else { return };
        let mut begin = |surname: f32, given: usize| self.given(text, at, surname, given, &mut found);
        if let Some(&ln) = self.surnames.get(&first) {
            begin(ln, at + first.len_utf8());
        }
        if let Some((second, char)) = chars.next() {
            let end = second + char.len_utf8();
            if let Some(&ln) = self.compounds.get(&text[at..end]) {
                begin(ln, end);
            }
        }
    }

    /// The names whose given name starts at byte `start`.
    fn given(&self, text: &str, at: usize, surname: f32, start: usize, found: &mut impl FnMut(usize, f32)) {
        let before = before(&text[..at]);
        let mut chars = text[start..].char_indices().map_while(|(index, char)| {
            let ln =
                if is_han(char) { self.given.get(&char).copied().unwrap_or([RARE; 3]) } else { return None };
            Some((start + index + char.len_utf8(), ln))
        });
        let Some((end, first)) = chars.next() else { return };
        found(end, PRIOR + surname + ONE + first[2] + before + after(&text[end..]));
        let Some((end, second)) = chars.next() else { return };
        found(end, PRIOR + surname + TWO + first[0] + second[1] + before + after(&text[end..]));
    }

    /// The natural log-probability of `text[span]` as a full name, if it is built like one.
    pub(super) fn ln_probability(&self, text: &str, span: Span) -> Option<f32> {
        let mut best = None;
        self.at(text, span.start as usize, |end, ln| {
            if end == span.end as usize {
                best = Some(best.map_or(ln, |it: f32| it.max(ln)));
            }
        });
        best
    }
}

/// How much likelier a name is behind `text`.
fn before(text: &str) -> f32 {
    if BEFORE.iter().any(|it| text.ends_with(it)) {
        5.0
    } else if text.ends_with('、') {
        1.5
    } else {
        0.0
    }
}

/// How much likelier a name is before `text`.
fn after(text: &str) -> f32 {
    if AFTER.iter().any(|it| text.starts_with(it)) { 2.5 } else { 0.0 }
}

/// Whether `char` is an ideograph; names hold rare ones.
pub(super) fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}
