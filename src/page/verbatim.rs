//! What in a Markdown paragraph is no prose: code, formulas, addresses, tags.

use super::paragraph::Span;

/// The code spans, formulas, link destinations, addresses and inline tags of `text`, in order and disjoint (CommonMark 0.31 §6.1,
/// §6.3, §6.5, §6.6; GFM's bare addresses). O(n), but for backticks without their others O(n) each.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['`', '\\', '$', '(', '<', 'h', 'H']).map(|it| at + it) {
        let rest = &text[start..];
        let length = match rest.as_bytes()[0] {
            // An escaped mark is itself.
            b'\\' => {
                at = start + 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                continue;
            }
            b'`' => {
                let marks = run(rest);
                match closing(&rest[marks..], marks) {
                    Some(end) => Some(marks + end + marks),
                    None => {
                        at = start + marks;
                        continue;
                    }
                }
            }
            b'$' => formula(rest),
            b'(' if text[..start].ends_with(']') => destination(rest),
            b'<' => tag(rest),
            _ => address(rest),
        };
        at = start + length.unwrap_or(1);
        if length.is_some() {
            spans.push(Span::new(start, at));
        }
    }
    spans
}

/// How many backticks `text` starts with.
fn run(text: &str) -> usize {
    text.bytes().take_while(|it| *it == b'`').count()
}

/// Where in `text` a run of exactly `marks` backticks starts.
fn closing(text: &str, marks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text[at..].find('`').map(|it| at + it) {
        let found = run(&text[start..]);
        if found == marks {
            return Some(start);
        }
        at = start + found;
    }
    None
}

/// Length of the formula that `text` starts with. As in Pandoc, no space stands inside its marks and no digit behind it,
/// so that `$5 和 $6` are two amounts.
fn formula(text: &str) -> Option<usize> {
    let marks = if text.starts_with("$$") { "$$" } else { "$" };
    let inner = &text[marks.len()..];
    let end = inner.find(marks).filter(|it| *it > 0)?;
    let rest = &inner[end + marks.len()..];
    let spaced = marks.len() == 1 && (inner.starts_with(' ') || inner[..end].ends_with(' '));
    (!spaced && !rest.starts_with(|it: char| it.is_ascii_digit())).then_some(marks.len() + end + marks.len())
}

/// Length of the link destination with its title that starts with the bracket of `text`.
fn destination(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, it) in text.bytes().enumerate() {
        match it {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Length of the tag or the address in angle brackets that `text` starts with.
fn tag(text: &str) -> Option<usize> {
    let opens = text[1..].starts_with(|it: char| it.is_ascii_alphabetic() || matches!(it, '/' | '!' | '?'));
    text.find('>').filter(|_| opens).map(|it| it + 1)
}

/// Length of the bare address that `text` starts with.
fn address(text: &str) -> Option<usize> {
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|it| text.get(..it.len()).is_some_and(|head| head.eq_ignore_ascii_case(it)))?;
    let inside = |it: char| it.is_ascii_graphic() && !matches!(it, '<' | '>' | '"' | '`' | ')' | ']');
    Some(text.find(|it| !inside(it)).unwrap_or(text.len())).filter(|it| *it > scheme.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretches of `text` that are no prose.
    fn found(text: &str) -> Vec<&str> {
        spans(text).into_iter().map(|it| &text[it.range()]).collect()
    }

    #[test]
    fn code_spans_end_with_as_many_backticks_as_they_start_with() {
        assert_eq!(found("写 `a ， b` 与 ``c ` d``。"), ["`a ， b`", "``c ` d``"]);
        assert_eq!(found("一个 ` 没有另一半 ``"), [""; 0]);
        assert_eq!(found(r"\`不是代码\` 《三体》"), [""; 0]);
    }

    #[test]
    fn a_formula_is_no_amount_of_money() {
        assert_eq!(found("公式 $x_1 ，y$ 和 $$a ， b$$ 在"), ["$x_1 ，y$", "$$a ， b$$"]);
        assert_eq!(found("付了$5和$6，又 $ 7 元$"), [""; 0]);
    }

    #[test]
    fn a_link_has_prose_before_its_destination() {
        assert_eq!(
            found("见[焦作 日报](https://a.cn/2 月(1).html \"题 ， 名\")，再看"),
            ["(https://a.cn/2 月(1).html \"题 ， 名\")"]
        );
        assert_eq!(found("（记者 李秋）与(括号)"), [""; 0]);
    }

    #[test]
    fn addresses_end_at_the_first_ideograph() {
        assert_eq!(
            found("见https://a.cn/2020/1月，<b>粗</b><https://b.cn>"),
            ["https://a.cn/2020/1", "<b>", "</b>", "<https://b.cn>"]
        );
        assert_eq!(found("3<5，hello"), [""; 0]);
    }
}
