//! Posts: 书记, 局长, 组长兼第一书记 — where they stand beside the name of a person or of an organisation.

use super::list::{Affixes, List};
use super::words::Words;
use super::{EntityKind, Mention};

/// Words that name a post.
static POSTS: List = List::of(&[
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
    "总经理",
    "经理",
    "总裁",
    "总监",
    "主席",
    "总书记",
    "总理",
    "总统",
    "首相",
    "大臣",
    "外长",
    "防长",
    "财长",
    "国王",
    "院士",
    "教授",
    "委员长",
    "检察长",
    "审判长",
    "馆长",
    "台长",
    "主编",
    "总编辑",
    "大使",
    "司令",
    "司令员",
    "政委",
    "参谋长",
    "指导员",
    "大队长",
    "支队长",
    "总队长",
    "中队长",
    "班长",
    "排长",
    "连长",
    "营长",
    "护士长",
    "厂长",
    "庭长",
    "股长",
    "司长",
    "署长",
    "专员",
    "巡视员",
    "发言人",
    "议长",
    "教练",
    "领队",
    "总工程师",
    "工程师",
    "研究员",
    "党委书记",
    "支部书记",
    "党支部书记",
    "常委",
    "主持人",
    "秘书",
]);

/// Words that go before a post and belong to it, the longest first.
static BEFORE: Affixes<&str> = Affixes::of(&[
    "党组成员",
    "特命全权",
    "党支部",
    "党总支",
    "党工委",
    "常务",
    "第一",
    "党委",
    "党组",
    "支部",
    "代理",
    "名誉",
    "首席",
    "执行",
    "高级",
    "联席",
    "轮值",
    "常委",
    "副",
    "代",
    "总",
    "原",
    "前",
    "正",
]);

/// Adds the posts of the text to `found`, which holds the people and organisations.
pub(super) fn posts(words: &Words<'_>, found: &mut Vec<Mention>) {
    let ends: Vec<u32> =
        found.iter().filter(|it| it.kind == EntityKind::Organization).map(|it| it.span.end).collect();
    let starts: Vec<u32> =
        found.iter().filter(|it| it.kind == EntityKind::Person).map(|it| it.span.start).collect();
    let mut posts: Vec<(Mention, bool)> = Vec::new();
    for last in 0..words.words.len() {
        if !is_post(words.word(last)) {
            continue;
        }
        let mut first = last;
        while first > 0 && is_before(words.word(first - 1)) {
            first -= 1;
        }
        let span = words.span(first, last);
        let held = ends.contains(&span.start) || starts.contains(&span.end);
        posts.push((Mention { span, kind: EntityKind::Post }, held));
    }
    // 组长兼第一书记: what one person holds is held together.
    let joins = |one: &Mention, next: &Mention| {
        matches!(&words.text[one.span.end as usize..next.span.start as usize], "" | "、" | "兼" | "，")
    };
    for index in 1..posts.len() {
        posts[index].1 |= posts[index - 1].1 && joins(&posts[index - 1].0, &posts[index].0);
    }
    for index in (1..posts.len()).rev() {
        posts[index - 1].1 |= posts[index].1 && joins(&posts[index - 1].0, &posts[index].0);
    }
    found.extend(posts.into_iter().filter(|it| it.1).map(|it| it.0));
}

/// Whether a post can end `before` a comma and another start `behind` it: these are held together.
pub(super) fn may_join(before: &str, behind: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), behind.chars().next()) else { return false };
    POSTS.may_end(last) && (POSTS.may_start(first) || BEFORE.prefix_of(behind).is_some())
}

/// Whether `word` goes before a post and belongs to it.
pub(super) fn is_before(word: &str) -> bool {
    BEFORE.prefix_of(word).is_some_and(|it| *BEFORE.at(it) == word)
}

/// Whether `word` names a post.
pub(super) fn is_post(word: &str) -> bool {
    POSTS.contains(word)
        || BEFORE.prefix_of(word).is_some_and(|it| POSTS.contains(&word[BEFORE.at(it).len()..]))
}
