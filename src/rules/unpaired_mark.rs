//! A quotation mark, bracket or 《 without its other half.

use crate::reading::{Reading, Unpaired};
use crate::rule::{Check, Context, Finding, Neighbours, Rule, Severity, runs_on};
use crate::settings::Words;

/// 标点不成对.
pub(super) static RULE: Rule = Rule {
    code: "unpaired-mark",
    name: Words { zh: "标点不成对", en: "unpaired mark" },
    severity: Some(Severity::Warning),
    doc: Words {
        zh: "\
引号、括号、书名号只有一半：`“ ”`、`‘ ’`、`（ ）`、`《 》`、`〈 〉`、`「 」`、`『 』`、`【 】`、`〔 〕`。

**为什么**：漏了一半，引文、书名从哪里起、到哪里止就不清楚。缺的一半应补在何处只有人能定，所以不自动修正。\
引文不止一段时，各段段首都用前引号、只在末段用后引号，这样的不报；独立成段的诗文、书信只在首尾有引号或括号，也不报；\
`1）` `①）` 一类的序号不报。

**例**

```text
他说：开展防控知识宣传。”
```

**依据**：GB/T 15834—2011《标点符号用法》4.8 引号、4.9 括号、4.15 书名号。",
        en: "\
Half of a pair of quotation marks, brackets or title marks: `“ ”`, `‘ ’`, `（ ）`, `《 》`, `〈 〉`, `「 」`, `『 』`, \
`【 】`, `〔 〕`.

**Why**: without the other half nobody knows where the quotation or title starts or ends. Only a person can say where \
it belongs, so nothing is mended unasked. Where a quotation runs over several paragraphs, each opens with a mark and \
only the last one closes: that is in order. So are a verse or a letter of its own paragraphs with marks at its two ends \
alone, and the number of an item, `1）`, `①）`.

**Example**

```text
他说：开展防控知识宣传。”
```

**Norm**: GB/T 15834—2011, 4.8 quotation marks, 4.9 brackets, 4.15 title marks.",
    },
    options: &[],
    check: Check::Articles(check),
};

fn check(articles: &Neighbours<'_>, context: &Context<'_>, findings: &mut Vec<(usize, Finding)>) {
    let page = articles.page;
    let mut alone: Vec<(usize, &Reading, &Unpaired)> = Vec::new();
    for article in articles.articles() {
        // Where in `alone` the marks stand that a next paragraph may close.
        let mut open: Vec<usize> = Vec::new();
        for (index, reading) in article {
            for it in &reading.unpaired {
                let half = open.last().copied().filter(|at| {
                    let (there, _, opened) = alone[*at];
                    let runs_on = || (there..index).all(|it| runs_on(page, it));
                    let near = || runs_on() || is_block(articles, [there, index], [opened, it]);
                    !it.opens && opened.other == it.mark && near()
                });
                if let Some(half) = half {
                    open.pop();
                    alone.remove(half);
                } else {
                    open.extend(it.opens.then_some(alone.len()));
                    alone.push((index, reading, it));
                }
            }
            // Each paragraph of a quotation opens with a mark, and only the last one closes.
            let own = alone.partition_point(|it| it.0 < index);
            let taken_up = |it: &(usize, &Reading, &Unpaired)| it.2.opens && continues(articles, index, it.2);
            if let Some(first) = alone[own..].iter().position(taken_up) {
                alone.remove(own + first);
                open.clear();
            }
        }
    }
    findings.extend(alone.iter().map(|(index, reading, it)| (*index, finding(context, reading, it))));
}

/// Whether the next paragraph of the article takes the quotation up again that `opened` opens in paragraph `index`.
fn continues(articles: &Neighbours<'_>, index: usize, opened: &Unpaired) -> bool {
    let page = articles.page;
    let same = index + 1 < page.paragraphs.len() && page.article_of(index) == page.article_of(index + 1);
    same && articles.reading(index + 1).and_then(opening) == Some(opened.mark)
}

/// The most paragraphs, or lines, of a verse or letter that is quoted as a block.
const BLOCK: usize = 40;

/// Whether two marks of different paragraphs hold a verse or a letter whose inner lines carry none: the one begins its
/// paragraph, the other ends its own, and no such mark stands between them.
fn is_block(articles: &Neighbours<'_>, [first, last]: [usize; 2], [opens, closes]: [&Unpaired; 2]) -> bool {
    let (Some(head), Some(tail)) = (articles.reading(first), articles.reading(last)) else { return false };
    let (before, inside) = head.text().split_at(opens.span.start as usize);
    let (end, after) = tail.text().split_at(closes.span.end as usize);
    let marks = [opens.mark, closes.mark];
    let bare = |it: &str| !it.contains(marks);
    last - first <= BLOCK
        && head.role.is_body()
        && tail.role.is_body()
        && before.trim().is_empty()
        && after.trim().is_empty()
        && bare(&inside[opens.mark.len_utf8()..])
        && bare(&end[..closes.span.start as usize])
        && (first + 1..last).filter_map(|it| articles.reading(it)).all(|it| bare(it.text()))
}

/// The quotation mark that a paragraph of running text opens with.
fn opening(reading: &Reading) -> Option<char> {
    let first = reading.text().chars().next().filter(|_| reading.role.is_body());
    first.filter(|it| "“‘「『".contains(*it))
}

fn finding(context: &Context<'_>, reading: &Reading, unpaired: &Unpaired) -> Finding {
    let Unpaired { mark, other, opens, .. } = unpaired;
    let what = match mark {
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' => {
            Words { zh: "引号", en: "quotation mark" }
        }
        '《' | '》' | '〈' | '〉' => Words { zh: "书名号", en: "title mark" },
        _ => Words { zh: "括号", en: "bracket" },
    };
    let missing = if *opens { "closes" } else { "opens" };
    let message = context.say(
        format_args!("{}不成对：有 {mark} 无 {other}", what.zh),
        format_args!("{} {mark} without the {other} that {missing} it", what.en),
    );
    context.finding(reading, unpaired.span, message)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check, check_clean};

    #[test]
    fn finds_a_closing_mark_that_nothing_opened() {
        let findings = check(&RULE, "发放倡议⏎书，开展⏎防控知识宣传。⟦”⟧¶“好。”");
        assert_eq!(findings[0].words, "控知识宣传。”");
        assert_eq!(findings[0].message, "引号不成对：有 ” 无 “");
        assert!(findings[0].fixes.is_empty());
    }

    #[test]
    fn finds_an_opening_mark_that_nothing_closes() {
        check(&RULE, "开设⟦《⟧战“疫”好⏎声音专题。¶#做好⟦“⟧未病先防文章");
    }

    #[test]
    fn pairs_across_line_ends_and_blank_lines() {
        check_clean(&RULE, "“五⏎⏎老”志愿者说，⏎⏎“我们⏎要”");
    }

    #[test]
    fn a_mark_may_close_on_the_next_line_of_a_heading_or_past_an_unsure_end() {
        check_clean(&RULE, "#会议首场“委员¶#通道”⏎开启¶新闻");
        check_clean(&RULE, "发表《联合¶?声明》，");
        check(&RULE, "发表⟦《⟧联合¶声明⟦》⟧，");
    }

    #[test]
    fn a_quotation_over_several_paragraphs_closes_once() {
        check_clean(&RULE, "他说：“一段。¶“二段。¶“三段。”");
        check(&RULE, "他说：“一段。¶⟦“⟧二段。¶三段。");
        check(&RULE, "他说：⟦“⟧一段。¶三段。⟦”⟧");
    }

    #[test]
    fn a_verse_or_a_letter_needs_no_marks_within() {
        check_clean(&RULE, "齐声唱道：¶“小燕子，穿花衣，↵年年春天来这里。↵这里的春天最美丽。”¶歌声传遍。");
        check_clean(&RULE, "编辑同志：¶（我是退休教师。↵我想反映一个问题。）↵此致");
        check(&RULE, "⟦“⟧小燕子，¶年年来。⟦”⟧唱道。¶“好。”");
        check(&RULE, "⟦“⟧小燕子，¶年年来。⟦）⟧");
    }
}
