//! What the two rules of spacing beside numbers share: how they look, and what can be set.

use super::{Context, Finding};
use crate::expression::spacing::{Gap, GapClass, Spacing};
use crate::page::paragraph::Span;
use crate::reading::Reading;
use crate::rules;
use crate::settings::{Kind, Opt, Settings, Words};
use crate::text::Edit;

/// The options of a spacing rule.
pub(crate) static OPTIONS: &[Opt] = &[Opt {
    key: "style",
    kind: Kind::Choice(&["auto", "tight", "spaced"]),
    doc: Words {
        zh: "`auto`：以全文多数写法为准，各种位置分别计算，数目太少或不相上下时不报；`tight`：不空格；`spaced`：空一格。",
        en: "`auto`: what the document does most, counted apart for each kind of place; silent where that is too little or tied. `tight`: no space. `spaced`: a space.",
    },
}];

/// The spacing that `settings` ask for at gaps of `class`, if they do.
pub(crate) fn set(settings: &Settings, class: GapClass) -> Option<Spacing> {
    let code = if class.is_temporal() { "date-spacing" } else { "number-spacing" };
    match settings.word(Some(rules::by_code(code)?), "style") {
        "tight" => Some(Spacing::Tight),
        "spaced" => Some(Spacing::Spaced),
        _ => None,
    }
}

/// Finds the expressions whose gaps, of the classes that `wanted` names, go against the style or are uneven: one
/// finding an expression. A space before a number in a headline parts its phrases and is left alone: `突发枪击 3人受伤`.
pub(crate) fn check(
    reading: &Reading,
    context: &Context<'_>,
    wanted: fn(GapClass) -> bool,
    findings: &mut Vec<Finding>,
) {
    if reading.gaps.is_empty() {
        return;
    }
    let mut wrong: Vec<(&Gap, Spacing)> = reading
        .gaps
        .iter()
        .filter_map(|it| Some((it, context.style.at(it.class)?)))
        .chain(
            reading
                .uneven()
                .map(|(it, most)| (&reading.gaps[it], most))
                .filter(|it| context.style.at(it.0.class).is_none()),
        )
        .filter(|(gap, to)| {
            let parts_phrases = gap.class.comes_before() && !reading.role.is_body();
            wanted(gap.class)
                && !parts_phrases
                && gap.spaced != (*to == Spacing::Spaced)
                && !reading.is_hidden(gap)
        })
        .collect();
    wrong.sort_by_key(|it| it.0.at);
    for wrong in wrong.chunk_by(|one, two| one.0.expression == two.0.expression) {
        findings.push(finding(reading, context, wrong));
    }
}

/// The finding for the gaps of one expression, each with the spacing that it should have.
fn finding(reading: &Reading, context: &Context<'_>, wrong: &[(&Gap, Spacing)]) -> Finding {
    let text = reading.text();
    let expression = reading.every_expression()[wrong[0].0.expression].span;
    let (first, last) = (wrong[0].0.at, wrong[wrong.len() - 1].0.at);
    let width = |it: Option<char>| it.map_or(0, char::len_utf8) as u32;
    // A gap beside the expression is shown with the character on its other side.
    let before = width(text[..first.start as usize].chars().next_back());
    let after = width(text[last.end as usize..].chars().next());
    let span =
        Span { start: expression.start.min(first.start - before), end: expression.end.max(last.end + after) };

    let mut mended = String::new();
    let mut at = span.start as usize;
    for (gap, to) in wrong {
        mended += &text[at..gap.at.start as usize];
        mended.extend((*to == Spacing::Spaced).then_some(' '));
        at = gap.at.end as usize;
    }
    mended += &text[at..span.end as usize];

    let edit = |(gap, to): &(&Gap, Spacing)| {
        let range = reading.joined.map.source(gap.at);
        Edit { range, text: if *to == Spacing::Spaced { " ".into() } else { String::new() } }
    };
    let of_it = |it: &&Gap| it.expression == wrong[0].0.expression && it.spaced;
    let spaced_within =
        reading.gaps.iter().any(|it| of_it(&it) && span.start <= it.at.start && it.at.end <= span.end);
    let message = message(context, &text[span.range()], wrong, spaced_within);
    let title = context.say(format_args!("改为“{mended}”"), format_args!("Write `{mended}`"));
    context.finding(reading, span, message).with_fix(title, wrong.iter().map(edit).collect())
}

/// What is wrong, and what the document does instead. `spaced_within`: whether a space stands in what is shown.
fn message(context: &Context<'_>, words: &str, wrong: &[(&Gap, Spacing)], spaced_within: bool) -> String {
    let temporal = wrong[0].0.class.is_temporal();
    let what =
        if temporal { Words { zh: "日期", en: "dates" } } else { Words { zh: "数字", en: "numbers" } };
    let auto = context.option("style") == "auto";
    let decided = wrong.iter().all(|it| context.style.at(it.0.class).is_some());
    let spaced = wrong.iter().filter(|it| it.0.spaced).count();
    match (spaced, wrong.len() - spaced) {
        (none, _) if !decided || none == 0 && spaced_within => context.say(
            format_args!("“{words}”里有的空格、有的不空"),
            format_args!("`{words}` is spaced in one place and not in another"),
        ),
        (_, 0) if auto => context.say(
            format_args!("“{words}”有空格，全文{}多不空格", what.zh),
            format_args!("spaces in `{words}`: {} here mostly have none", what.en),
        ),
        (0, _) if auto => context.say(
            format_args!("“{words}”没有空格，全文{}多空一格", what.zh),
            format_args!("no space in `{words}`: {} here mostly have one", what.en),
        ),
        (_, 0) => context.say(
            format_args!("“{words}”有空格，设置为不空格"),
            format_args!("spaces in `{words}`: the setting is none"),
        ),
        (0, _) => context.say(
            format_args!("“{words}”没有空格，设置为空一格"),
            format_args!("no space in `{words}`: the setting is one"),
        ),
        _ => context.say(
            format_args!("“{words}”的空格与全文多数写法不一"),
            format_args!("`{words}` is not spaced as {} here mostly are", what.en),
        ),
    }
}
