//! Vertical text 竖排 that was extracted one character a line.

use std::ops::Range;

use super::line::Line;
use crate::list::List;

/// Fewer lines of one character each are an accident.
const FEWEST: usize = 8;

/// Whether a line holds one ideograph or mark.
fn is_single(line: &Line) -> bool {
    let mut chars = line.squashed.chars();
    chars.next().is_some_and(|it| !it.is_ascii()) && chars.next().is_none()
}

/// The runs of lines of `lines` that hold one ideograph or mark each. `old` are those before the lines `fresh` became
/// what they are, the list growing by `delta`. O(runs), and the lines `fresh`.
pub(super) fn edited(
    old: &[Range<usize>],
    lines: &List<Line>,
    fresh: Range<usize>,
    delta: isize,
) -> Vec<Range<usize>> {
    let moved = |it: usize| it.wrapping_add_signed(delta);
    let old_end = fresh.end.wrapping_add_signed(-delta);
    let known = old.partition_point(|it| it.end < fresh.start);
    let rest = old.partition_point(|it| it.start <= old_end).max(known);
    // The run that ends where the fresh lines start, or goes on in them; else the few lines before that are too few.
    let mut start = fresh.start;
    match old[known..rest].first() {
        Some(run) if run.start < start => start = run.start,
        _ => {
            while start > 0 && fresh.start - start < FEWEST && is_single(&lines[start - 1]) {
                start -= 1;
            }
        }
    }
    let mut end = fresh.end;
    match old[known..rest].last() {
        Some(run) if run.end > old_end => end = moved(run.end),
        _ => {
            while end < lines.len() && end - fresh.end < FEWEST && is_single(&lines[end]) {
                end += 1;
            }
        }
    }
    let mut runs = old[..known].to_vec();
    let mut from = start;
    for at in fresh.start..=end {
        // What stands past the fresh lines is known to be single.
        let single = at < end && (at >= fresh.end || is_single(&lines[at]));
        if single {
            continue;
        }
        if at - from >= FEWEST {
            runs.push(from..at);
        }
        from = at + 1;
    }
    runs.extend(old[rest..].iter().map(|it| moved(it.start)..moved(it.end)));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Shift;
    use crate::page::line;

    fn lines(text: &str) -> Vec<Line> {
        let contents: Vec<(Range<usize>, String)> =
            text.chars().map(|it| (0..1, if it == '-' { "疫情".into() } else { it.to_string() })).collect();
        line::lines(&contents)
    }

    #[test]
    fn runs_after_an_edit_are_those_from_scratch() {
        let anew = |text: &str| {
            let list: List<Line> = lines(text).into();
            let n = list.len();
            edited(&[], &list, 0..n, n as isize)
        };
        let pages = [
            "",
            "--",
            "疫情就是命令防控",
            "-疫情就是命令防控-",
            "疫情就是命令防-疫情就是命令防",
            "疫情就是命令防控-疫情就是命令防控就是责任",
        ];
        for page in pages {
            let old: Vec<char> = page.chars().collect();
            for start in 0..=old.len() {
                for end in start..=old.len() {
                    for new in ["", "-", "任", "疫情就是命令防控", "-责"] {
                        let mut list: List<Line> = lines(page).into();
                        let count = new.chars().count();
                        let delta = count as isize - (end - start) as isize;
                        list.splice(start..end, lines(new), Shift { count: delta, bytes: 0 });
                        let kept = edited(&anew(page), &list, start..start + count, delta);
                        let text: String = old[..start]
                            .iter()
                            .copied()
                            .chain(new.chars())
                            .chain(old[end..].iter().copied())
                            .collect();
                        assert_eq!(kept, anew(&text), "{page} {start}..{end} {new}");
                    }
                }
            }
        }
    }
}
