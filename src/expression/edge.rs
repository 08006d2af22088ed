//! What a moment is the edge of: 2035年以前, 5月8日起, 本月内, 8月6日或之后.

use super::reader::Reader;
use super::value::{Edge, Grain};

/// Words after a moment that make it an edge, and the characters that show another word: 前往, 起草. The longer words
/// stand first.
const WORDS: &[(Edge, &str, &str)] = &[
    (Edge::UpTo, "或之前", ""),
    (Edge::UpTo, "或以前", ""),
    (Edge::UpTo, "及之前", ""),
    (Edge::UpTo, "及以前", ""),
    (Edge::UpTo, "为止", ""),
    (Edge::From, "或之后", ""),
    (Edge::From, "或以后", ""),
    (Edge::From, "及之后", ""),
    (Edge::From, "及以后", ""),
    (Edge::Before, "之前", ""),
    (Edge::Before, "以前", ""),
    (
        Edge::Before,
        "前",
        "往来后沿期任提夕线方面景所进锋台门头身人部半三两几十一二四五六七八九仆赴去年卫院排程途者不",
    ),
    (Edge::After, "之后", ""),
    (Edge::After, "以后", ""),
    (Edge::After, "后", "来续期勤备悔半排卫方面人代者台世端缀盾果台海宫院厨裔天年两三几四五六七八九十"),
    (Edge::Since, "起至今", ""),
    (Edge::Since, "至今", ""),
    (Edge::Since, "以来", ""),
    (Edge::Since, "开始", ""),
    (Edge::Since, "起", "草诉义飞因源来步点床火到伏舞名家居初哄落码薪诨价降重立"),
    (Edge::Within, "之内", ""),
    (Edge::Within, "以内", ""),
    (Edge::Within, "内", "容部外地陆蒙涵务阁政心科需存衣墙江河黄"),
];

/// The edge that a moment whose last step is of `grain` and ends at `end` is, and where its word ends.
pub(super) fn edge(text: Reader, end: usize, grain: Grain) -> Option<(Edge, usize)> {
    let at = text.skip_space(end);
    let (edge, word, bar) = WORDS.iter().find(|it| text.eat(at, it.1).is_some())?;
    let to = at + word.len();
    let barred = text.char(to).is_some_and(|it| bar.contains(it));
    let fits = match edge {
        // 当日内 is rare, 15日内 is a length of time.
        Edge::Within => grain <= Grain::Month,
        // 上午前 and 中午后 are not said, 上午起 is.
        _ => true,
    };
    (!barred && fits).then_some((*edge, to))
}
