//! Pages made over: the same text as other files have it. What is learnt from typeset columns alone takes a list of
//! paragraphs for one very uneven column, and a page that was put right for one that needs more of it.

use jiaodui::page::line::Line;

use crate::pages::{Labelled, Row};

#[path = "pieces.rs"]
mod pieces;

/// Variants of `page`; which ones depends on its number `at`.
pub(crate) fn of(page: &Labelled, at: usize) -> Vec<Labelled> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ (at as u64 + 1).wrapping_mul(0xD134_2543_DE82_EF95));
    random.below(7);
    let kind = random.below(28);
    let variant = match kind {
        0 => put_right(page, &mut random, Gap::Always, 10),
        1 => put_right(page, &mut random, Gap::Never, 10),
        2 => put_right(page, &mut random, Gap::Own, 10),
        3 | 4 => put_right(page, &mut random, Gap::Own, 5),
        5 => put_right(page, &mut random, Gap::Headings, 10),
        6 | 7 => wrapped(page, &mut random),
        8 => spaced(page, |_| 0, "no-blanks"),
        9 => spaced(page, |_| 1, "double-spaced"),
        10 => indented(page, &mut random),
        11 => quoted(page),
        12 | 13 => interrupted(page, &mut random),
        // What stands between the columns, on pages of other layouts as well.
        14 => indented(&marked(page, &mut random), &mut random),
        15 => wrapped(&marked(page, &mut random), &mut random),
        16 => put_right(&marked(page, &mut random), &mut random, Gap::Never, 10),
        17 => put_right(&marked(page, &mut random), &mut random, Gap::Articles, 10),
        18 => put_right(page, &mut random, Gap::Articles, 10),
        19 => spaced(&marked(page, &mut random), |_| 0, "no-blanks"),
        _ => marked(page, &mut random),
    };
    vec![variant]
}

/// Short phrases out of the headlines of `pages`.
pub(crate) fn phrases(pages: &[Labelled]) -> Vec<String> {
    let headlines = pages.iter().flat_map(|it| &it.segments).filter(|it| it.0 == "HEADLINE");
    let parts =
        headlines.flat_map(|it| it.1.split([' ', '：', '，', '、', '“', '”', '《', '》', '（', '）']));
    let mut all: Vec<String> =
        parts.filter(|it| (4..=13).contains(&it.chars().count())).map(str::to_owned).collect();
    all.sort();
    all.dedup();
    all
}

/// `page` with other words in most of its kickers and subheads: the generator knows only a few by heart, and so
/// would the tagger.
pub(crate) fn retitled(page: &Labelled, phrases: &[String], at: usize) -> Labelled {
    let mut random = Random(0xA076_1D64_78BD_642F ^ (at as u64 + 1).wrapping_mul(0xE703_7ED1_A0B4_28DB));
    random.below(7);
    let mut sketch = Sketch::default();
    let mut skipped = 0;
    for line in 0..page.lines.len() {
        if line < skipped {
            continue;
        }
        let role = page.roles[line].as_str();
        if role == "HEADLINE" && random.below(2) == 0 {
            skipped = rewrapped(page, line, &mut random, &mut sketch);
            continue;
        }
        let text = page.text.slice(page.lines[line].span.clone());
        let text = if matches!(role, "KICKER" | "SUBHEAD") && random.below(10) < 7 && !phrases.is_empty() {
            let mut words = phrases[random.below(phrases.len())].clone();
            if role == "KICKER" && random.below(3) == 0 {
                words = format!("{words} {}", phrases[random.below(phrases.len())]);
            } else if role == "SUBHEAD" && random.below(5) == 0 {
                words = format!("——{words}");
            }
            words
        } else {
            text.into_owned()
        };
        sketch.line(&text, &page.labels[line], role, page.lines[line].blanks_after);
        if let Some(row) = sketch.rows.last_mut() {
            row.flags.clone_from(&page.flags[line]);
        }
    }
    let mut retitled = sketch.page(page, &page.tool);
    retitled.id.clone_from(&page.id);
    retitled
}

/// Sets the headline at `line` in lines of another length: each page is printed once, and its headlines would be cut in
/// one place only. Gives the line after it.
fn rewrapped(page: &Labelled, line: usize, random: &mut Random, sketch: &mut Sketch) -> usize {
    let mut end = line;
    let mut text = String::new();
    let mut blanks = 0;
    loop {
        text.push_str(page.text.slice(page.lines[end].span.clone()).trim());
        let joined = page.labels[end].ends_with("JOIN") && end + 1 < page.lines.len();
        if !joined || page.roles[end + 1] != "HEADLINE" {
            break;
        }
        blanks = blanks.max(page.lines[end].blanks_after);
        // Where the headline was cut at its space, the space is lost with the line end.
        end += 1;
    }
    let chars: Vec<char> = text.chars().collect();
    let width = [4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32][random.below(18)];
    let wide = |it: char| if it.is_ascii() { 0.5 } else { 1.0 };
    let mut start = 0;
    while start < chars.len() {
        let mut room = width as f32;
        let mut cut = start;
        while cut < chars.len() && room >= wide(chars[cut]) {
            room -= wide(chars[cut]);
            cut += 1;
        }
        let bound = |at: usize| {
            "，。、；：！？）》”’】".contains(chars[at])
                || "（《“‘【".contains(chars[at - 1])
                || chars[at].is_ascii_alphanumeric() && chars[at - 1].is_ascii_alphanumeric()
        };
        let full = cut;
        while cut < chars.len() && cut > start + 1 && bound(cut) {
            cut -= 1;
        }
        let cut = if cut > start + 1 { cut } else { full };
        let row: String = chars[start..cut].iter().collect();
        let last = cut >= chars.len();
        let label = if last { page.labels[end].as_str() } else { "JOIN" };
        let after = if last { page.lines[end].blanks_after } else { blanks };
        sketch.line(row.trim(), label, "HEADLINE", after);
        start = cut;
    }
    end + 1
}

pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }
}

/// A page under construction.
#[derive(Default)]
struct Sketch {
    lines: Vec<String>,
    rows: Vec<Row>,
}

impl Sketch {
    fn line(&mut self, text: &str, label: &str, role: &str, blanks: usize) {
        self.lines.push(text.to_owned());
        let label = match label {
            "JOIN" | "BLANKJOIN" => {
                if blanks > 0 {
                    "BLANKJOIN"
                } else {
                    "JOIN"
                }
            }
            it => it,
        };
        let row =
            Row { line: self.lines.len(), label: label.to_owned(), role: role.to_owned(), flags: Vec::new() };
        self.rows.push(row);
        self.lines.extend(std::iter::repeat_n(String::new(), blanks));
    }

    fn page(self, page: &Labelled, name: &str) -> Labelled {
        let id = format!("{}-{name}", page.id);
        Labelled::of(&id, name, &self.lines.join("\n"), self.rows.into_iter())
    }
}

fn content(page: &Labelled, at: usize) -> String {
    let line: &Line = &page.lines[at];
    if page.flags[at].iter().any(|it| it == "SPACED") {
        line.squashed.to_string()
    } else {
        page.text.slice(line.span.clone()).into_owned()
    }
}

/// Blank lines after a paragraph that was put right.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    Always,
    Never,
    Own,
    Headings,
    Articles,
}

fn is_body(role: &str) -> bool {
    matches!(role, "BODY" | "CONT")
}

/// Runs of lines that make a paragraph; display lines stay apart, as *fix all* leaves them.
fn paragraphs(page: &Labelled) -> Vec<std::ops::Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for at in 0..page.lines.len() {
        if !page.labels[at].ends_with("JOIN") || !is_body(&page.roles[at]) {
            all.push(start..at + 1);
            start = at + 1;
        }
    }
    all
}

/// Joins the paragraphs (`tenths` of them) to one line each.
fn put_right(page: &Labelled, random: &mut Random, gap: Gap, tenths: usize) -> Labelled {
    let mut sketch = Sketch::default();
    for range in paragraphs(page) {
        let last = range.end - 1;
        let (label, role, own) = (&page.labels[last], &page.roles[last], page.lines[last].blanks_after);
        let blanks = match gap {
            Gap::Always => 1,
            Gap::Never => 0,
            Gap::Own => own,
            Gap::Headings => usize::from(label != "PARA"),
            Gap::Articles => usize::from(label == "ARTICLE"),
        };
        // Inside a headline the blank stays what it was.
        let blanks = if label.ends_with("JOIN") { own } else { blanks };
        if random.below(10) < tenths {
            let text: String = range.clone().map(|it| content(page, it)).collect();
            sketch.line(&text, label, role, blanks);
        } else {
            for at in range {
                let own = if at == last { blanks } else { page.lines[at].blanks_after };
                sketch.line(&content(page, at), &page.labels[at], &page.roles[at], own);
            }
        }
    }
    sketch.page(page, "put-right")
}

/// Wraps the paragraphs anew, at the widths of mail and terminals, with a blank line or an indent between them.
fn wrapped(page: &Labelled, random: &mut Random) -> Labelled {
    let mut sketch = Sketch::default();
    let width = 24 + random.below(17);
    let kinsoku = random.below(2) == 0;
    let indent = random.below(2) == 0;
    let blank = usize::from(!indent || random.below(2) == 0);
    for range in paragraphs(page) {
        let last = range.end - 1;
        let (label, role) = (page.labels[last].clone(), page.roles[last].clone());
        if !is_body(&role) {
            sketch.line(&content(page, last), &label, &role, if label.ends_with("JOIN") { 0 } else { 1 });
            continue;
        }
        let text: Vec<char> = range.flat_map(|it| content(page, it).chars().collect::<Vec<_>>()).collect();
        let lead = if indent { "　　" } else { "" };
        let mut start = 0;
        while start < text.len() {
            let mut room = width as f32 - if start == 0 && indent { 2.0 } else { 0.0 };
            let mut end = start;
            while end < text.len() && room > 0.4 {
                room -= if text[end].is_ascii() { 0.5 } else { 1.0 };
                end += 1;
            }
            let bound = |at: usize| {
                "，。、；：！？）》”’".contains(text[at])
                    || "（《“‘".contains(text[at - 1])
                    || text[at].is_ascii_digit() && text[at - 1].is_ascii_digit()
            };
            while kinsoku && end < text.len() && end > start + 2 && bound(end) {
                end -= 1;
            }
            let line: String = text[start..end].iter().collect();
            let line = if start == 0 { format!("{lead}{line}") } else { line };
            let done = end >= text.len();
            sketch.line(&line, if done { &label } else { "JOIN" }, &role, if done { blank } else { 0 });
            start = end;
        }
    }
    sketch.page(page, "wrapped")
}

/// The same lines with other blank lines.
fn spaced(page: &Labelled, blanks: impl Fn(usize) -> usize, name: &str) -> Labelled {
    let mut sketch = Sketch::default();
    for at in 0..page.lines.len() {
        let text = page.text.slice(page.lines[at].span.clone());
        sketch.line(&text, &page.labels[at], &page.roles[at], blanks(at));
    }
    sketch.page(page, name)
}

/// Paragraphs with their indent of two characters, as some extractors keep it.
fn indented(page: &Labelled, random: &mut Random) -> Labelled {
    let mut sketch = Sketch::default();
    let lead = ["　　", "    ", "  "][random.below(3)];
    let (blanks, sections) = (random.below(3) == 0, random.below(2) == 0);
    let mut starts = true;
    for at in 0..page.lines.len() {
        let text = page.text.slice(page.lines[at].span.clone());
        let led = is_body(&page.roles[at]) || sections && page.roles[at] == "SECTION";
        let text = if starts && led { format!("{lead}{text}") } else { text.into_owned() };
        let own = page.lines[at].blanks_after;
        sketch.line(&text, &page.labels[at], &page.roles[at], if blanks { own } else { 0 });
        starts = !page.labels[at].ends_with("JOIN") && page.labels[at] != "ORDER";
    }
    sketch.page(page, "indented")
}

/// With the quotation marks of Taiwan and Hong Kong.
fn quoted(page: &Labelled) -> Labelled {
    let mut sketch = Sketch::default();
    for at in 0..page.lines.len() {
        let text: String = page
            .text
            .slice(page.lines[at].span.clone())
            .chars()
            .map(|it| match it {
                '“' => '「',
                '”' => '」',
                '‘' => '『',
                '’' => '』',
                _ => it,
            })
            .collect();
        sketch.line(&text, &page.labels[at], &page.roles[at], page.lines[at].blanks_after);
    }
    sketch.page(page, "quoted")
}

/// With verse, lists and tables between the paragraphs.
fn interrupted(page: &Labelled, random: &mut Random) -> Labelled {
    let mut sketch = Sketch::default();
    let han: Vec<char> = page
        .lines
        .iter()
        .flat_map(|it| it.squashed.chars())
        .filter(|it| ('\u{4E00}'..='\u{9FFF}').contains(it))
        .collect();
    let mut last = 0;
    for at in 0..page.lines.len() {
        let text = page.text.slice(page.lines[at].span.clone());
        let own = page.lines[at].blanks_after;
        sketch.line(&text, &page.labels[at], &page.roles[at], own);
        if page.labels[at] == "PARA" && at > last + 15 && random.below(2) == 0 && han.len() > 200 {
            last = at;
            let blanks = own;
            let rows = pieces::block(&han, random);
            let n = rows.len();
            for (row, text) in rows.into_iter().enumerate() {
                sketch.line(&text, "PARA", "BODY", if row + 1 == n { blanks } else { 0 });
            }
        }
    }
    sketch.page(page, "interrupted")
}

/// With questions and answers, numbered points, marked section heads, notices with their signature, verse of uneven
/// lines and bylines between the paragraphs.
fn marked(page: &Labelled, random: &mut Random) -> Labelled {
    let mut sketch = Sketch::default();
    let text: Vec<char> = (0..page.lines.len())
        .filter(|it| is_body(&page.roles[*it]))
        .flat_map(|it| page.lines[it].squashed.chars())
        .filter(|it| ('\u{4E00}'..='\u{9FFF}').contains(it) || "，、。".contains(*it))
        .collect();
    let headings = phrases(std::slice::from_ref(page));
    let mut last = 0;
    let mut width = 16;
    for at in 0..page.lines.len() {
        let line = page.text.slice(page.lines[at].span.clone());
        let (own, label) = (page.lines[at].blanks_after, page.labels[at].as_str());
        if label == "JOIN" && is_body(&page.roles[at]) {
            width = page.lines[at].width.round().max(9.0) as usize;
        }
        sketch.line(&line, label, &page.roles[at], own);
        let titled = matches!(page.roles[at].as_str(), "HEADLINE" | "SUBHEAD");
        let to_body = page.roles.get(at + 1).is_some_and(|it| it == "BODY");
        if label == "HEAD" && titled && to_body && random.below(2) == 0 {
            if random.below(4) == 0 {
                let date = format!(
                    "（20{}年{}月{}日）",
                    10 + random.below(13),
                    1 + random.below(12),
                    1 + random.below(28)
                );
                sketch.line(&date, "HEAD", "SUBHEAD", 0);
                sketch.line(["马明", "王　丽", "李建国", "张　伟"][random.below(4)], "HEAD", "BYLINE", own);
            } else {
                sketch.line(&byline(random), "HEAD", "BYLINE", own);
            }
        }
        if label == "PARA" && at > last + 7 && random.below(3) > 0 && text.len() > 600 {
            last = at;
            let rows = pieces::points(&text, &headings, width, random);
            if rows.first().is_some_and(|it| it.2 == "SECTION")
                && let Some(row) = sketch.rows.last_mut()
            {
                row.label = "HEAD".to_owned();
            }
            let n = rows.len();
            let blanks = usize::from(own > 0 && random.below(2) == 0);
            for (row, (text, label, role)) in rows.into_iter().enumerate() {
                let end = row + 1 == n;
                let blanks = if end {
                    own
                } else if label == "PARA" {
                    blanks
                } else {
                    0
                };
                sketch.line(&text, label, role, blanks);
            }
        }
    }
    sketch.page(page, "marked")
}

fn byline(random: &mut Random) -> String {
    let name = |random: &mut Random| {
        let family: Vec<char> = "王李张刘陈杨赵黄周吴徐孙胡朱高".chars().collect();
        let given: Vec<char> = "伟芳娜秀英敏静丽强磊军洋勇艳杰涛明超霞平刚桂华红玉文".chars().collect();
        let n = 1 + random.below(2);
        let mut all = String::from(family[random.below(family.len())]);
        all.extend((0..n).map(|_| given[random.below(given.len())]));
        all
    };
    let house = ["本报记者 ", "记者 ", "本报通讯员 ", "（记者 ", "本报记者 "][random.below(5)];
    let second = match random.below(3) {
        0 => format!(" 通讯员 {}", name(random)),
        1 => format!(" {}", name(random)),
        _ => String::new(),
    };
    let end = if house.starts_with('（') { "）" } else { "" };
    format!("{house}{}{second}{end}", name(random))
}
