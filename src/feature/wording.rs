//! Amounts in words, for cards and hints: `至少 28,000 袋（2.8万–2.9万）`, `2–3 million yuan`.

use crate::expression::units::Dimension;
use crate::expression::{Amount, Bound};
use crate::settings::Locale;

/// `amount` in the reader's language: its bounds, its digits in groups of three, its unit as printed.
pub(super) fn amount(amount: &Amount, locale: Locale) -> String {
    let unit = unit(amount, locale);
    // Shares are told in percent, however they are printed: 三成, 百分之三十, 30%.
    let scale = match amount.unit {
        Some(it) if it.dimension == Dimension::Share => it.factor * 100.0,
        _ => 1.0,
    };
    let (from, to) = (amount.from * scale, amount.to * scale);
    let mut said = grouped(from);
    if from != to {
        said = format!("{said}–{}", grouped(to));
    }
    let said = format!("{said}{unit}");
    let mut words = match (amount.bound, locale) {
        (Bound::Exact, _) => said,
        (Bound::About, Locale::Zh) => format!("约 {said}"),
        (Bound::About, Locale::En) => format!("about {said}"),
        (Bound::AtLeast, Locale::Zh) => format!("至少 {said}"),
        (Bound::AtLeast, Locale::En) => format!("at least {said}"),
        (Bound::AtMost, Locale::Zh) => format!("至多 {said}"),
        (Bound::AtMost, Locale::En) => format!("at most {said}"),
    };
    if let Some(ceiling) = amount.ceiling {
        let range = range(from, ceiling * scale, locale);
        words += &locale.say(format_args!("（{range}{unit}）"), format_args!(" ({range}{unit})"));
    }
    words
}

/// The unit with what stands between it and the digits.
fn unit(amount: &Amount, locale: Locale) -> String {
    let Some(unit) = amount.unit else { return String::new() };
    let word = match (unit.dimension, locale) {
        (Dimension::Share, _) => return "%".to_owned(),
        (Dimension::Money("CNY"), Locale::En) => "yuan",
        _ => unit.word,
    };
    match amount.per {
        Some(per) => format!(" {word}/{}", per.word),
        None => format!(" {word}"),
    }
}

/// Both ends of a range in the language's large numbers: `200万–300万`, `2–3 million`.
fn range(from: f64, to: f64, locale: Locale) -> String {
    let scales: &[(f64, &str)] = match locale {
        Locale::Zh => &[(1e8, "亿"), (1e4, "万")],
        Locale::En => &[(1e9, " billion"), (1e6, " million")],
    };
    let (scale, word) = scales.iter().copied().find(|it| it.0 <= from.abs()).unwrap_or((1.0, ""));
    let (from, to) = (grouped(from / scale), grouped(to / scale));
    match locale {
        Locale::Zh => format!("{from}{word}–{to}{word}"),
        Locale::En => format!("{from}–{to}{word}"),
    }
}

/// `number` with its digits in groups of three, and at most six decimals.
fn grouped(number: f64) -> String {
    let plain = format!("{number:.6}");
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |it| ("-", it));
    let mut grouped = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { grouped } else { format!("{grouped}.{decimals}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::expressions;

    fn words(text: &str, locale: Locale) -> String {
        let found = expressions(text);
        amount(found[0].value.amount().expect("an amount"), locale)
    }

    #[test]
    fn what_duo_and_yu_leave_open_is_said() {
        assert_eq!(words("2.8万余袋", Locale::Zh), "至少 28,000 袋（2.8万–2.9万 袋）");
        assert_eq!(words("200多万元", Locale::En), "at least 2,000,000 yuan (2–3 million yuan)");
    }

    #[test]
    fn an_exact_amount_is_said_as_it_is() {
        assert_eq!(words("2000平方米", Locale::Zh), "2,000 平方米");
        assert_eq!(words("3.5%", Locale::Zh), "3.5%");
        assert_eq!(words("百分之三十", Locale::Zh), "30%");
        assert_eq!(words("150吨到200吨", Locale::Zh), "150–200 吨");
    }
}
