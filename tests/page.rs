//! Pages of many kinds, read whole.

use std::fs;

use jiaodui::analysis::Analysis;
use jiaodui::lexicon::Lexicon;
use jiaodui::page::{BoundaryKind, Markup, Page};
use jiaodui::rule::Severity;
use jiaodui::text::{Edit, Text};

const SEED: &str = "seeds/jiaozuo-daily-2020-02";

fn file(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect("a file of the repository")
}

fn read(source: &str) -> Page {
    Page::of(&Text::new(source), Markup::Plain, Lexicon::shared())
}

fn texts(page: &Page) -> Vec<String> {
    page.paragraphs.iter().map(|it| it.joined.text.clone()).collect()
}

/// Joins that the server would report.
fn joins(page: &Page) -> usize {
    page.paragraphs.iter().map(|it| it.joined.breaks.len()).sum()
}

#[test]
fn the_seed_page_is_read_as_it_was_labelled() {
    let page = read(&file(&format!("{SEED}.txt")));
    let table = file(&format!("{SEED}.lines.tsv"));
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|it| it.split('\t').collect()).collect();
    let rows: Vec<&Vec<&str>> = rows.iter().filter(|it| it[1] != "-").collect();
    assert_eq!(page.lines.len(), rows.len());
    for ((line, boundary), row) in page.lines.iter().zip(&page.boundaries).zip(rows) {
        let label = match boundary.kind {
            BoundaryKind::Join => "JOIN",
            BoundaryKind::BlankJoin => "BLANKJOIN",
            BoundaryKind::Paragraph => "PARA",
            BoundaryKind::Heading => "HEAD",
            BoundaryKind::Article => "ARTICLE",
            BoundaryKind::End => "END",
        };
        assert_eq!((line.number + 1, label), (row[0].parse().unwrap(), row[1]), "{}", line.squashed);
        assert_eq!(line.letter_spaced, row[2].contains("SPACED"), "{}", line.squashed);
    }
}

#[test]
fn a_page_that_was_put_right_reads_the_same() {
    let page = read(&file(&format!("{SEED}.txt")));
    for gap in ["\n", "\n\n"] {
        let mut text = String::new();
        for paragraph in &page.paragraphs {
            text.push_str(&paragraph.joined.text);
            text.push_str(gap);
        }
        let again = read(&text);
        assert_eq!(joins(&again), 0);
        if gap.len() > 1 {
            assert_eq!(texts(&again), texts(&page));
            assert_eq!(again.articles, page.articles);
        }
    }
}

#[test]
fn unbroken_paragraphs_stay_as_they_are() {
    for path in ["paragraphs.txt", "paragraphs-blank.txt", "table.txt", "vertical.txt"] {
        let page = read(&file(&format!("tests/pages/{path}")));
        assert_eq!(joins(&page), 0, "{path}");
    }
}

#[test]
fn in_markdown_only_prose_is_proofread() {
    let found = |source: &str| {
        let analysis = Analysis::of(&Text::new(source), Markup::Markdown, &Default::default());
        analysis.findings().iter().map(|it| it.rule.code).collect::<Vec<_>>()
    };
    let faulty = "说，  ⼈民２０２０年2月30日";
    assert_ne!(found(faulty), [""; 0]);
    for source in [
        "```\n$\n```\n",
        "    $\n    $\n",
        "---\ntitle: $\n---\n\n正文。\n",
        "<div title=\"$\">\n$\n</div>\n",
        "写作`$`这样。\n",
        "见[这里](a/$.html)。\n",
        "[一]: $\n",
    ] {
        let source = source.replace('$', faulty);
        assert_eq!(found(&source), [""; 0], "{source}");
    }
}

#[test]
fn in_markdown_lines_of_clauses_are_not_reported_as_cut() {
    let source = "# 讲稿\n\n阿卡朝圣节\n是南亚逊尼派穆斯林的一个支派\n塔布里加马特派独有的宗教节日\n创立于1926年\n目前据估计\n";
    let analysis = Analysis::of(&Text::new(source), Markup::Markdown, &Default::default());
    assert!(analysis.findings().iter().all(|it| it.severity == Severity::Hint));
}

/// In `tests/pages/marked` a `⏎` stands at each line end that is the column's, a `≈` where either reading will do, and a
/// `≠` where it is known to be read wrongly: nothing may be reported there (docs/accuracy.md).
#[test]
fn what_the_column_cut_is_joined_and_nothing_else() {
    let folder = format!("{}/tests/pages/marked", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder of the repository")
        .map(|it| it.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let mut faults = Vec::new();
    for name in names {
        let marked = file(&format!("tests/pages/marked/{name}"));
        let page = read(&marked.replace(['⏎', '≈', '≠'], ""));
        let either = |number: usize| marked.lines().nth(number).is_some_and(|it| it.ends_with('≈'));
        let known = |number: usize| marked.lines().nth(number).is_some_and(|it| it.ends_with('≠'));
        let cut = |number: usize| marked.lines().nth(number).is_some_and(|it| it.ends_with('⏎'));
        for (line, boundary) in page.lines.iter().zip(&page.boundaries) {
            let silent = known(line.number) && boundary.confidence < 0.9;
            if boundary.kind.is_join() != cut(line.number) && !either(line.number) && !silent {
                let (kind, p) = (boundary.kind.as_str(), boundary.confidence);
                faults.push(format!("{name}:{} {} ({kind} {p:.3})", line.number + 1, line.squashed));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_hyphen_is_undone_where_the_text_has_the_word() {
    let page = read(&file("tests/pages/marked/mixed.txt").replace('⏎', ""));
    let texts = texts(&page);
    assert!(texts[0].contains("announced a comprehensive set"), "{texts:#?}");
    assert!(texts[0].contains("well-known local firms"), "{texts:#?}");
    assert!(texts[1].contains("采用 Open-Source 架构"), "{texts:#?}");
}

#[test]
fn a_word_that_is_typed_undoes_the_hyphen_on_another_page() {
    let source = format!(
        "{}\n近日，由国家电网公司主导研发的 Smart-\ngrid 平台正式上线，该平台为用户提供服务。\n",
        file(&format!("{SEED}.txt"))
    );
    let lexicon = Lexicon::shared();
    let mut text = Text::new(&source);
    let mut page = Page::of(&text, Markup::Plain, lexicon);
    let last = |page: &Page| page.paragraphs.last().map(|it| it.joined.text.clone()).unwrap_or_default();
    assert!(last(&page).contains("Smart-grid"), "{}", last(&page));
    let at = page.paragraphs[3].end();
    for (typed, word) in [("Smartgri", "Smart-grid"), ("d", "Smartgrid"), ("s", "Smart-grid")] {
        let before = text.clone();
        let place = at + text.len() - source.len();
        text.apply(&Edit { range: place..place, text: typed.to_owned() });
        let (edited, kept) = page.edited(&before, &text, Markup::Plain, lexicon);
        page = edited;
        assert!(last(&page).contains(word), "{typed}: {}", last(&page));
        assert_eq!(kept.tail == 0, typed != "Smartgri", "only then the last paragraph is another");
        assert_eq!(page.paragraphs, Page::of(&text, Markup::Plain, lexicon).paragraphs);
    }
}

#[test]
fn who_took_the_picture_and_page_furniture_are_no_headlines() {
    for name in ["note", "furniture"] {
        let page = read(&file(&format!("tests/pages/marked/{name}.txt")).replace('⏎', ""));
        for article in &page.articles {
            for words in [&article.headline, &article.kicker, &article.subhead].into_iter().flatten() {
                assert!(["深夜里的守护者", "市商务局全力保障市场供应"].contains(&words.as_str()), "{words}");
            }
        }
    }
}

#[test]
fn a_line_that_starts_with_a_closing_mark_goes_on() {
    // As pdftotext -raw writes a mark that was hung out or squeezed.
    let page = read(
        "人民根本利益为最高标准”\n。\n从全面建成小康社会到全面建\n设社会主义现代化国家，追求\n“一个民族也不能少”\n；全面深化改革。\n",
    );
    for (k, next) in page.lines.iter().enumerate().skip(1) {
        let goes_on = next.squashed.starts_with(['。', '；']);
        assert!(!goes_on || page.boundaries[k - 1].kind.is_join(), "{}", next.squashed);
    }
}

#[test]
fn four_short_lines_with_a_mark_each_are_verse_in_a_column_too() {
    let column = "联防联控，有效落实防控措施，控\n制疫情传播。他一方面抓网格化管\n理，利用党员、网格员、村小组组\n长划分责任区域。\n";
    let page =
        read(&format!("{column}登鹳雀楼\n白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。\n{column}"));
    let verse = page.lines.iter().zip(&page.boundaries).filter(|it| it.0.squashed.chars().count() == 6);
    assert_eq!(verse.filter(|it| !it.1.kind.is_join()).count(), 4);
}

#[test]
fn verse_keeps_its_lines() {
    let page = read(&file("tests/pages/verse.txt"));
    assert_eq!(
        texts(&page)[1..5],
        ["白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"].map(str::to_owned)
    );
    assert_eq!(page.paragraphs.len(), 6);
}

#[test]
fn wrapped_text_of_any_width_is_joined() {
    for (path, paragraphs) in
        [("mail.txt", 4), ("traditional.txt", 2), ("english.txt", 2), ("indented.txt", 3)]
    {
        let page = read(&file(&format!("tests/pages/{path}")));
        assert_eq!(page.paragraphs.len(), paragraphs, "{path}: {:#?}", texts(&page));
    }
    let english = read(&file("tests/pages/english.txt"));
    assert!(english.paragraphs[0].joined.text.contains("regulations for small businesses"));
}

#[test]
fn page_furniture_is_not_joined_to_text() {
    let page = read(&file("tests/pages/furniture.txt"));
    let texts = texts(&page);
    for line in ["2020年2月14日 星期五", "责任编辑：刘芳", "本报记者 李良 摄", "（下转第二版）"]
    {
        assert!(texts.iter().any(|it| it == line), "{line}: {texts:#?}");
    }
}

#[test]
fn every_character_has_its_place_in_the_file() {
    let source = file(&format!("{SEED}.txt"));
    let page = read(&source);
    for paragraph in &page.paragraphs {
        for (at, c) in paragraph.joined.text.char_indices() {
            let from = paragraph.start + paragraph.joined.map.source_start(at);
            assert_eq!(source[from..].chars().next(), Some(c));
        }
        assert!(source[..paragraph.end()].ends_with(|it: char| !it.is_whitespace()));
    }
    let held: usize = page.articles.iter().map(|it| it.paragraphs.len()).sum();
    assert_eq!(held, page.paragraphs.len());
    let lines: usize = page.paragraphs.iter().map(|it| it.lines.len()).sum();
    assert_eq!(lines, page.lines.len());
}

#[test]
fn a_page_after_edits_is_the_page_of_its_text() {
    let source = file(&format!("{SEED}.txt"));
    let mut text = Text::new(&source.repeat(2));
    let lexicon = Lexicon::shared();
    let mut page = Page::of(&text, Markup::Plain, lexicon);
    let mut random = 7u64;
    let mut below = |n: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % n
    };
    for _ in 0..40 {
        let start = below(text.len());
        let end = (start + below(4) * below(60)).min(text.len());
        let inserted = ["", "\n", "疫", "\n\n", "本报讯（记者李秋）", "。”\n　　"][below(6)];
        let before = text.clone();
        text.apply(&Edit { range: start..end, text: inserted.to_owned() });
        let (edited, kept) = page.edited(&before, &text, Markup::Plain, lexicon);
        let whole = Page::of(&text, Markup::Plain, lexicon);
        let same = |one: usize, two: usize| page.paragraphs[one].joined == whole.paragraphs[two].joined;
        assert!((0..kept.head).all(|it| same(it, it)));
        let (old, new) = (page.paragraphs.len(), whole.paragraphs.len());
        assert!((1..=kept.tail).all(|it| same(old - it, new - it)));
        page = edited;
        assert_eq!(page.parts_by_blanks(), whole.parts_by_blanks());
        assert_eq!(page.lines, whole.lines);
        assert_eq!(page.boundaries, whole.boundaries);
        assert_eq!(page.paragraphs, whole.paragraphs);
        assert_eq!(page.articles, whole.articles);
    }
}

#[test]
fn labels_away_from_the_cursor_do_not_flicker_while_someone_types() {
    let source = file(&format!("{SEED}.txt"));
    let lexicon = Lexicon::shared();
    let typed = "记者从市疫情防控指挥部获悉，2月13日，我市新增2家定点医院。";
    let start = Page::of(&Text::new(&source), Markup::Plain, lexicon);
    // In mid-line, at a paragraph's end, and before a headline.
    let headline =
        start.lines.iter().position(|it| it.role == jiaodui::page::Role::Headline).expect("a headline");
    let places = [
        start.lines[100].span.start,
        start.paragraphs[7].end(),
        start.lines[300].span.end,
        start.lines[headline].span.start,
    ];
    for place in places {
        let mut text = Text::new(&source);
        let mut page = start.clone();
        let (mut at, line) = (place, text.line_of(place));
        for c in typed.chars() {
            let before = text.clone();
            text.apply(&Edit { range: at..at, text: c.to_string() });
            at += c.len_utf8();
            let (after, _) = page.edited(&before, &text, Markup::Plain, lexicon);
            for (old, new) in page.lines.iter().zip(&after.lines) {
                let near = new.number.abs_diff(line) <= 3;
                assert!(near || old.role == new.role, "line {} while typing {c}", new.number + 1);
            }
            for (k, (old, new)) in page.boundaries.iter().zip(&after.boundaries).enumerate() {
                let near = after.lines[k].number.abs_diff(line) <= 3;
                assert!(
                    near || old.kind == new.kind,
                    "after line {} while typing {c}",
                    after.lines[k].number + 1
                );
            }
            page = after;
        }
    }
}

#[test]
fn odd_text_is_read_without_a_panic() {
    let long = "疫情".repeat(40_000);
    let many = "疫\n\n".repeat(3_000);
    for source in [
        "",
        "\n\n",
        "\u{feff}",
        "\u{c}",
        "疫",
        "\u{feff}疫\r\n\u{c}情\r",
        "，\n。\n”\n（",
        "\0\n\u{202e}\n𬱖𬱖\n\u{301}",
        &long,
        &many,
    ] {
        let page = read(source);
        assert_eq!(page.lines.len(), page.boundaries.len());
        assert_eq!(
            page.boundaries.last().map(|it| it.kind),
            (!page.lines.is_empty()).then_some(BoundaryKind::End)
        );
        let _ = Page::of(&Text::new(source), Markup::Markdown, Lexicon::shared());
    }
}

#[test]
fn line_ends_of_all_kinds_read_the_same() {
    let source = file("tests/pages/traditional.txt");
    let page = read(&source);
    for end in ["\r\n", "\r"] {
        assert_eq!(texts(&read(&source.replace('\n', end))), texts(&page));
    }
}
