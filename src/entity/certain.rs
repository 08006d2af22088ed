//! What lists and patterns know for certain, over what the tagger found: people behind 记者, organisations of an
//! understood region, the ending of a place.

use super::{EntityKind, Mention};
use crate::page::paragraph::Span;

/// What a person's name stands behind in a byline.
const BYLINES: &[&str] = &["记者", "通讯员", "记者 ", "通讯员 ", "记者\u{3000}", "摄影", "摄影报道 "];

/// Companies that take the name of their place: 焦作移动.
const BRANCHES: &[&str] = &["移动", "联通", "电信", "铁塔"];

/// Regions that are understood: 市商务局.
const REGIONS: [char; 4] = ['市', '省', '县', '区'];

/// Endings that belong to the place before them.
const ENDINGS: &[&str] =
    &["社区", "检测站", "检查站", "批发市场", "收费站", "加油站", "加气站", "火车站", "高铁站", "服务区"];

/// `found`, the names of the tagger in order, with those of `proposals` that are certain in the place of what they
/// overlap.
pub(super) fn added(text: &str, found: Vec<Mention>, proposals: &[Mention]) -> Vec<Mention> {
    let mut certain: Vec<Mention> = Vec::new();
    for proposal in proposals {
        let name = &text[proposal.span.range()];
        let start = proposal.span.start as usize;
        let touched = |it: &&Mention| it.span.start < proposal.span.end && proposal.span.start < it.span.end;
        let mut touching = found.iter().filter(touched);
        let (first, second) = (touching.next(), touching.next());
        let is_certain = match (proposal.kind, first, second) {
            (EntityKind::Person, None, _) => {
                let before = &text[..start];
                BYLINES.iter().any(|it| before.ends_with(it))
                    || before.ends_with('、')
                        && certain.last().is_some_and(|it| it.span.end as usize + 3 == start)
            }
            (EntityKind::Organization, None, _) => {
                name.starts_with(REGIONS) && name.chars().count() >= 4 || is_branch(name)
            }
            (EntityKind::Organization, Some(it), None) => {
                is_branch(name) && it.span.start == proposal.span.start && it.kind != EntityKind::Person
            }
            (EntityKind::Place, None, _) => is_grid_street(name),
            (EntityKind::Place, Some(it), None) => {
                it.kind == EntityKind::Place
                    && it.span.start == proposal.span.start
                    && it.span.end < proposal.span.end
                    && ENDINGS.iter().any(|it| name.ends_with(it))
            }
            _ => false,
        };
        if is_certain {
            certain.push(proposal.clone());
        }
    }
    let mut all: Vec<Mention> = Vec::with_capacity(found.len());
    for it in found {
        match two(text, &it, proposals) {
            Some(two) => all.extend(two),
            None => all.push(it),
        }
    }
    for it in all.iter_mut().filter(|it| it.kind == EntityKind::Place) {
        let rest = &text[it.span.end as usize..];
        if let Some(ending) = ENDINGS.iter().find(|it| rest.starts_with(**it)) {
            it.span.end += ending.len() as u32;
        }
    }
    for name in bylines(text) {
        let free = |it: &Mention| it.span.end <= name.span.start || name.span.end <= it.span.start;
        if all.iter().chain(&certain).all(free) {
            certain.push(name);
        }
    }
    if certain.is_empty() {
        return all;
    }
    all.retain(|it| !certain.iter().any(|new| it.span.start < new.span.end && new.span.start < it.span.end));
    all.extend(certain);
    all.sort_by_key(|it| it.span.start);
    all
}

/// Whether the ending of a place may stand across byte `at` of `text`, or start there.
pub(super) fn may_go_on(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at(at);
    let Some(first) = behind.chars().next() else { return false };
    let stands = |ending: &str, at: usize, char: char| {
        char == first && before.ends_with(&ending[..at]) && behind.starts_with(&ending[at..])
    };
    ENDINGS.iter().any(|ending| ending.char_indices().any(|it| stands(ending, it.0, it.1)))
}

/// The two organisations that `found` is: proposals at its start and its end, with a verb of two characters between
/// them: 市商务局|委托|焦作市博爱人家物流有限公司.
fn two(text: &str, found: &Mention, proposals: &[Mention]) -> Option<[Mention; 2]> {
    let mut inside = proposals.iter().filter(|it| {
        it.kind == found.kind && found.span.start <= it.span.start && it.span.end <= found.span.end
    });
    let (first, second, None) = (inside.next()?, inside.next()?, inside.next()) else { return None };
    let between = text[first.span.end as usize..second.span.start as usize].chars().count();
    let whole = first.span.start == found.span.start && second.span.end == found.span.end;
    (found.kind == EntityKind::Organization && whole && between == 2).then(|| [first.clone(), second.clone()])
}

/// The people of a byline that stands alone: `本报记者 原文钊`, whatever the surname.
pub(super) fn bylines(text: &str) -> Vec<Mention> {
    let mut names = Vec::new();
    let mut at = 0;
    let said = text.trim_start_matches(['（', '(', ' ', '\u{3000}', '□', '■']);
    let head = ["本报记者", "记者", "通讯员", "本报通讯员"].iter().find_map(|it| said.strip_prefix(it));
    let Some(rest) = head.filter(|it| it.starts_with([' ', '\u{3000}']) && it.chars().nth(40).is_none())
    else {
        return names;
    };
    let start = text.len() - rest.len();
    for part in rest.split([' ', '\u{3000}', '、']) {
        let from = start + at;
        at += part.len() + rest[at + part.len()..].chars().next().map_or(0, char::len_utf8);
        let length = part.chars().count();
        let title = ["记者", "通讯员", "摄影", "文图", "报道"].iter().any(|it| part.contains(it));
        if (2..=4).contains(&length) && part.chars().all(super::person::is_han) && !title {
            names.push(Mention { span: Span::new(from, from + part.len()), kind: EntityKind::Person });
        } else if !part.is_empty() && !title {
            return Vec::new();
        }
    }
    names
}

/// Whether `name` is a street of a grid, known by its number: 经三路.
fn is_grid_street(name: &str) -> bool {
    let numbered = name.strip_prefix(['经', '纬']).and_then(|it| it.strip_suffix(['路', '街']));
    numbered.is_some_and(|it| !it.is_empty() && it.chars().all(|it| "一二三四五六七八九十".contains(it)))
}

/// Whether `name` is a place and the brand of a company there.
fn is_branch(name: &str) -> bool {
    let place = BRANCHES.iter().find_map(|it| name.strip_suffix(it));
    place.is_some_and(|it| super::gazetteer::place(it).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(text: &str, name: &str, kind: EntityKind) -> Mention {
        let at = text.find(name).expect("the name stands in the text");
        Mention { span: Span::new(at, at + name.len()), kind }
    }

    use EntityKind::{Organization, Person, Place};

    #[test]
    fn what_is_certain_takes_the_place_of_what_it_overlaps() {
        for (text, found, proposal) in [
            ("本报记者李秋报道", None, ("李秋", Person)),
            ("焦作移动扶贫工作组", Some(("焦作移动扶贫", Organization)), ("焦作移动", Organization)),
            ("来到群英新村社区", Some(("群英新村", Place)), ("群英新村社区", Place)),
            ("市物流办将指导", None, ("市物流办", Organization)),
        ] {
            let found: Vec<Mention> = found.map(|it| mention(text, it.0, it.1)).into_iter().collect();
            let proposal = mention(text, proposal.0, proposal.1);
            assert_eq!(added(text, found, std::slice::from_ref(&proposal)), [proposal], "{text}");
        }
    }

    #[test]
    fn two_organisations_with_a_verb_between_are_two() {
        let text = "市商务局委托焦作市博爱物流公司";
        let [first, second] = ["市商务局", "焦作市博爱物流公司"].map(|it| mention(text, it, Organization));
        let found = vec![mention(text, text, Organization)];
        assert_eq!(added(text, found, &[first.clone(), second.clone()]), [first, second]);
    }

    #[test]
    fn a_byline_that_stands_alone_is_of_people() {
        for (text, names) in [
            ("本报记者 原文钊", &["原文钊"][..]),
            ("本报记者 李 秋 通讯员 邵珠章、任瑶", &[]),
            ("记者\u{3000}赵改玲 摄影报道", &["赵改玲"]),
            ("记者 原文钊、李秋", &["原文钊", "李秋"]),
            ("记者 来到现场看到，大家都在忙碌", &[]),
        ] {
            let found: Vec<&str> = bylines(text).iter().map(|it| &text[it.span.range()]).collect();
            assert_eq!(found, names, "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_is_left_to_the_tagger() {
        let text = "任务完成，焦作银行";
        let proposals = [mention(text, "任务", Person), mention(text, "焦作银行", Organization)];
        assert_eq!(added(text, Vec::new(), &proposals), []);
    }
}
