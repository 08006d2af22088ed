//! Digits that are no number: `G30`, `5G`, `〔2018〕59号`, `010-66012345`, `12345热线`, `“64227”`.

use super::reader::{Reader, digit};
use super::units::unit_at;

/// Whether the digits at `at` belong to a code: `G30`, `京A1234`, `5G`, `〔2018〕59号`, `010-66012345`, `12345热线`, a
/// name in quotation marks, `“64227”`. Gives the end of the code.
pub(super) fn code(text: Reader, at: usize) -> Option<usize> {
    let mut end = at;
    let mut digits = 0;
    while let Some(it) = text.char(end).filter(|it| digit(*it).is_some()) {
        digits += 1;
        end += it.len_utf8();
    }
    let (before, after) = (text.before(at), text.char(end));
    if digits == 0 {
        return None;
    }
    let quoted =
        matches!((before, after), (Some('“' | '‘' | '「' | '『' | '"'), Some('”' | '’' | '」' | '』' | '"')));
    if quoted || before.is_some_and(|it| it.is_ascii_alphabetic() || it == '_') {
        return Some(end);
    }
    // 〔2018〕59号 and the year in it.
    if matches!(before, Some('〔' | '［' | '[')) && matches!(after, Some('〕' | '］' | ']'))
        || matches!(before, Some('〕' | '］')) && after == Some('号')
    {
        return Some(if after == Some('号') { end + '号'.len_utf8() } else { end });
    }
    // 40k and 2e5 are numbers.
    let exponent = text
        .eat_any(end, &['e', 'E'])
        .and_then(|it| text.char(it))
        .is_some_and(|it| digit(it).is_some() || it == '-');
    let thousand = text.char(end) == Some('k')
        && !text.char(end + 1).is_some_and(|it| it.is_ascii_alphanumeric() || it == '/');
    if digits < 4 && (exponent || thousand) {
        return None;
    }
    // 5G, 4K, 3D, 360安全: a Latin letter that is no unit.
    if after.is_some_and(|it| it.is_ascii_alphabetic()) && unit_at(text.text, end, true).is_none() {
        return Some(end);
    }
    if after.is_some_and(|it| it == '-' || it == '－') {
        let mut to = end;
        let mut groups = 1;
        while let Some(next) = text.eat_any(to, &['-', '－'])
            && text.char(next).is_some_and(|it| digit(it).is_some())
        {
            to = next;
            let start = to;
            while let Some(it) = text.char(to).filter(|it| digit(*it).is_some()) {
                to += it.len_utf8();
            }
            groups += 1;
            // 0391-3933333, 400-800-8888.
            if to - start >= 7 || groups >= 3 && digits >= 3 && !(digits == 4 && to - start <= 2) {
                return Some(to);
            }
        }
        // A chain of more is no date and no range; taking it whole keeps the reading linear.
        if groups >= 4 {
            return Some(to);
        }
    }
    let long = digits >= 7
        && (text.after_any(
            at,
            &["电话", "热线", "手机", "号码", "编号", "QQ", "邮编", "账号", "：", ":", "号", "码"],
        ) || digits >= 11);
    let hotline = after.is_some()
        && text.eat_word(end, &["热线", "平台", "电话", "便民", "政务服务"]).is_some()
        && (3..=5).contains(&digits);
    let unitless = unit_at(text.text, text.skip_space(end), true).is_none()
        && text.eat_any(end, &['万', '亿', '多', '余', '.', ',']).is_none();
    (long && unitless || hotline).then_some(end)
}
