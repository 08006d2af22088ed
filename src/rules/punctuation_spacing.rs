//! White space beside a full-width mark: `》 等`, `） 接到`, ` ；`.

use crate::page::paragraph::Span;
use crate::reading::{MarkSpace, Place, Reading};
use crate::rule::{Check, Context, Finding, Neighbours, Rule, Severity};
use crate::settings::Words;
use crate::text::Edit;

/// 标点空格.
pub(super) static RULE: Rule = Rule {
    code: "punctuation-spacing",
    name: Words { zh: "标点空格", en: "punctuation spacing" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
全角标点前后有空格。

**为什么**：全角标点自占一个字的位置，前后不再空格；抽取程序常把标点后的半字空白当成空格。段首缩进、全角空格不在此列，\
整行撑开的字距归“字距空格”；电头（本报讯（记者某某）、【本报讯】）前后的空格，只在全文别的电头多不空格时才报；\
待填的空括号（　）和连着三格以上的空白（表格、签名）不报。

**例**

```text
《战“疫”好故事》␣等专题
```

改为

```text
《战“疫”好故事》等专题
```

**依据**：GB/T 15834—2011《标点符号用法》5.1：横排文稿的标点各占一个字的位置，书名号、引号、括号的前后部分各占一个字的位置。",
        en: "\
White space beside a full-width mark.

**Why**: a full-width mark fills a character's place and has its white space within; extractors take that half for a \
space. Indents and full-width spaces are left alone, letter-spaced lines belong to `letter-spacing`, and a space beside a \
dateline is reported only where most other datelines of the document have none. Brackets to be filled in and runs of \
three blanks and more, which lay out a form, are left alone.

**Example**

```text
《战“疫”好故事》␣等专题
```

becomes

```text
《战“疫”好故事》等专题
```

**Norm**: GB/T 15834—2011, 5.1: in horizontal text each mark takes a character's place, each half of a pair likewise.",
    },
    options: &[],
    check: Check::Neighbours(check),
};

fn check(near: &Neighbours<'_>, context: &Context<'_>, findings: &mut Vec<(usize, Finding)>) {
    let [inner, end] = near.habits.tight_datelines;
    for (index, _, reading) in near.iter() {
        for it in &reading.mark_spaces {
            let house_style =
                it.place == Place::DatelineInner && !inner || it.place == Place::DatelineEnd && !end;
            let parts_headline = !reading.role.is_body() && is_outside(it);
            if !house_style && !parts_headline {
                findings.push((index, finding(context, reading, it)));
            }
        }
    }
}

/// Whether a space stands outside a pair of marks, where it may part the phrases of a headline: `“低空高飞” 开启新赛道`.
fn is_outside(space: &MarkSpace) -> bool {
    let marks =
        if space.follows { "”’）》〉」』】〕！？" } else { "“‘（《〈「『【〔" };
    marks.contains(space.mark)
}

fn finding(context: &Context<'_>, reading: &Reading, space: &MarkSpace) -> Finding {
    let text = reading.text();
    let (start, end) = (space.span.start as usize, space.span.end as usize);
    let width = |it: Option<char>| it.map_or(0, char::len_utf8);
    let before = width(text[..start].chars().next_back());
    let after = width(text[end..].chars().next());
    let mark = space.mark;
    let message = if space.follows {
        context.say(format_args!("{mark} 后有空格"), format_args!("space after `{mark}`"))
    } else {
        context.say(format_args!("{mark} 前有空格"), format_args!("space before `{mark}`"))
    };
    let title = context.say(format_args!("删去空格"), format_args!("Remove the space"));
    let edit = Edit { range: reading.joined.map.source(space.span), text: String::new() };
    let span = Span::new(start - before, end + after);
    context.finding(reading, span, message).with_fix(title, vec![edit])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean, check_fix};

    #[test]
    fn finds_a_space_on_either_side_of_a_mark() {
        let findings = check(&RULE, "好故事⟦》␣等⟧专⏎题；（农历大⏎年初三⟦）␣␣接⟧到⟦到␣；⟧不");
        assert_eq!(findings[0].message, "》 后有空格");
        assert_eq!(findings[2].message, "； 前有空格");
    }

    #[test]
    fn finds_a_space_between_a_bracket_and_a_number() {
        check(&RULE, "今天（周三⟦）␣2⟧␣月␣12⏎日");
    }

    #[test]
    fn a_space_beside_a_dateline_is_the_houses_own_unless_others_have_none() {
        check_clean(&RULE, "本报讯␣（记者刘婧）␣清晨，¶本报讯（记者李秋）做好");
        let others = "本报讯（记者李秋）做好¶本报讯（记者张璐）疫情¶本报讯（通讯员任瑶）面对¶本报讯（记者詹长松）迅速¶";
        check(&RULE, &format!("{others}本报讯（记者刘婧⟦）␣清⟧晨，"));
        check(&RULE, &format!("{others}本报⟦讯␣（⟧记者刘婧）清晨，"));
    }

    #[test]
    fn all_forms_of_dateline_are_the_houses_own() {
        check_clean(
            &RULE,
            "【本报讯】␣记者从市政府获悉，¶（新华社北京5月12日电）␣记者获悉，¶新华社北京5月12日电␣（记者王芳）全市",
        );
        check(&RULE, "据⟦【␣本⟧报讯】报道");
    }

    #[test]
    fn blanks_to_fill_in_and_columns_are_meant() {
        check_clean(
            &RULE,
            "正确的一项是（␣␣␣）¶“（␣）”里应填什么？¶姓名：␣␣␣␣␣性别：␣␣␣年龄：␣␣¶甲方：（盖章）␣␣␣␣乙方：",
        );
        check(&RULE, "正⟦确␣（⟧␣）⟦，␣对⟧");
    }

    #[test]
    fn removes_the_space_alone() {
        check_fix(&RULE, "《故事》␣等专⏎题，␣“好”␣␣。", "《故事》等专⏎题，“好”。");
    }

    #[test]
    fn leaves_indents_full_width_spaces_line_ends_and_headlines() {
        check_clean(&RULE, "□□疫情，␣⏎□防控。¶␣本报讯（记者刘婧）□2月¶#众志成城␣共抗疫情");
    }

    #[test]
    fn a_headline_may_part_its_phrases_beside_a_pair_of_marks() {
        check_clean(&RULE, "#“低空高飞”␣开启新赛道␣《公报》发布");
        check(&RULE, "#做好⟦“␣未⟧病先防⟦”␣，⟧群防群控");
    }

    #[test]
    fn leaves_spread_lines_to_their_own_rule() {
        check_clean(&RULE, "区␣是␣疫␣情␣；␣不⏎能");
    }

    #[test]
    fn a_half_width_stop_has_its_space_and_a_table_its_cells() {
        check_clean(&RULE, "见Smith.␣《新闻学》，第3版");
        check_clean(&RULE, "|␣扩大内需。␣␣|␣稳就业。␣|");
    }

    #[test]
    fn leaves_quotations_in_latin_text() {
        check_clean(&RULE, "he␣said␣“yes”␣and␣left,␣it’s␣fine");
    }
}
