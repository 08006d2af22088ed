//! Chains of places: 武陟县木栾街道西水寨村 is three places, each in the one before.

use super::gazetteer::{self, Level};
use crate::page::paragraph::Span;

/// What the parts of a chain end with, and the least characters of a part with it.
const ENDINGS: &[(&str, usize)] = &[
    ("自治区", 4),
    ("自治州", 4),
    ("自治县", 4),
    ("街道", 3),
    ("社区", 3),
    ("省", 3),
    ("市", 3),
    ("县", 2),
    ("区", 3),
    ("旗", 3),
    ("镇", 3),
    ("乡", 3),
    ("村", 3),
    ("高速", 3),
    ("州", 3),
];

/// The parts of the place at `span` of `text`, in order; the place itself where it is no chain.
pub(super) fn parts(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start as usize;
    let end = span.end as usize;
    let mut at = start;
    // A name of the gazetteer is one place, also where two others stand in it.
    while at < end && gazetteer::place(&text[start..end]).is_none_or(|it| it.short) {
        let here = &text[start..at];
        let rest = &text[at..end];
        if !here.is_empty() && is_part(here, rest) {
            parts.push(Span::new(start, at));
            start = at;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    parts.push(Span::new(start, end));
    parts
}

/// Whether `here` is a place of its own before `rest`, which is another.
fn is_part(here: &str, rest: &str) -> bool {
    let length = here.chars().count();
    let place = gazetteer::place(here);
    let known = place.is_some_and(|it| !it.short);
    let ends = ENDINGS.iter().any(|it| here.ends_with(it.0) && it.1 <= length);
    // What follows is a place with an ending of its own, not the end of this one: 市中区, 社区.
    let whole = gazetteer::place(rest).is_some_and(|it| !it.short);
    let follows = whole
        || 3 <= rest.chars().count()
            && (ENDINGS.iter().any(|it| rest.ends_with(it.0) && it.1 <= rest.chars().count())
                || rest.ends_with(['路', '街', '站', '场', '园', '桥', '岛', '山', '湖'])
                    && ends
                    && !here.ends_with('村'));
    // 上海 before 浦东新区, 河南 before 焦作市.
    let region = place.is_some_and(|it| matches!(it.level, Level::Province | Level::City));
    let division = |it: gazetteer::Place| !it.short && it.level <= Level::County;
    let before_division = || region && gazetteer::places_at(rest).any(|it| division(it.1));
    follows && (known || ends && !is_open(here, rest) || before_division())
}

/// Whether the ending of `here` goes on in `rest`: 街|道, 市|区, 社区.
fn is_open(here: &str, rest: &str) -> bool {
    const LONGER: &[&str] = &["市区", "县城", "县域", "区域", "镇区", "村庄", "乡镇", "州市", "社区居"];
    let around: String = here.chars().next_back().into_iter().chain(rest.chars().next()).collect();
    LONGER.iter().any(|it| it.starts_with(&around))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(place: &str) -> Vec<&str> {
        parts(place, Span::new(0, place.len())).into_iter().map(|it| &place[it.range()]).collect()
    }

    #[test]
    fn a_chain_falls_into_its_places() {
        assert_eq!(cut("武陟县木栾街道西水寨村"), ["武陟县", "木栾街道", "西水寨村"]);
        assert_eq!(cut("山阳区艺新街道群英新村社区"), ["山阳区", "艺新街道", "群英新村社区"]);
        assert_eq!(cut("河南省焦作市温县"), ["河南省", "焦作市", "温县"]);
        assert_eq!(cut("上海浦东新区"), ["上海", "浦东新区"]);
        assert_eq!(cut("河南焦作市武陟县"), ["河南", "焦作市", "武陟县"]);
        assert_eq!(cut("郑焦晋高速中站西路口检测站"), ["郑焦晋高速", "中站西路口检测站"]);
    }

    #[test]
    fn one_place_stays_whole() {
        for place in ["市中区", "群英新村社区", "石家庄市", "张家界", "人民路", "恩村三街", "北京"]
        {
            assert_eq!(cut(place), [place]);
        }
    }
}
