//! What stands between the columns of a page, made of its own words: questions and answers, points, notices, letters,
//! lists, programmes, announcements, captions, verse, tables.

use super::Random;

#[path = "english.rs"]
mod english;

/// Rows with their labels and roles.
pub(crate) fn points(
    text: &[char],
    headings: &[String],
    width: usize,
    random: &mut Random,
) -> Vec<(String, &'static str, &'static str)> {
    // A whole clause of about `n` characters: what starts and ends a line here starts and ends one in good text.
    let clauses: Vec<&[char]> =
        text.split(|it| "，、。".contains(*it)).filter(|it| (3..=14).contains(&it.len())).collect();
    let words = |random: &mut Random, n: usize| {
        let tries: Vec<&[char]> = (0..6).map(|_| clauses[random.below(clauses.len())]).collect();
        let best = tries.into_iter().min_by_key(|it| it.len().abs_diff(n)).unwrap_or_default();
        best.iter().collect::<String>()
    };
    // Whole clauses with the marks that they have, `n` characters or more.
    let sentence = |random: &mut Random, n: usize, end: char| {
        let from = random.below(text.len() - n - 40);
        let mark = |at: &usize| "，。".contains(text[*at]);
        let start = (from..from + 20).find(mark).map_or(from, |it| it + 1);
        let last = (start + n.saturating_sub(8)..start + n + 12).find(mark).unwrap_or(start + n);
        let inner = text[start..last].iter().map(|it| if *it == '。' { '，' } else { *it });
        format!("{}{end}", inner.collect::<String>().trim_matches(['，', '、']))
    };
    // Wraps a paragraph at the column's width.
    let wrap = |paragraph: String| {
        let chars: Vec<char> = paragraph.chars().collect();
        let mut rows = Vec::new();
        let mut start = 0;
        while start < chars.len() {
            let mut end = (start + width).min(chars.len());
            if end < chars.len() && "，。、；：！？”".contains(chars[end]) && end > start + 2 {
                end -= 1;
            }
            let label = if end == chars.len() { "PARA" } else { "JOIN" };
            rows.push((chars[start..end].iter().collect::<String>(), label, "BODY"));
            start = end;
        }
        rows
    };
    let heading = |random: &mut Random, n: usize| match headings {
        [] => words(random, n),
        _ => headings[random.below(headings.len())].clone(),
    };
    let mut rows = Vec::new();
    // Verse and dialogue are hard to tell from columns, and are learnt more often.
    let kinds =
        [0, 0, 1, 1, 2, 3, 4, 4, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22];
    match kinds[random.below(kinds.len())] {
        0 => {
            let speakers = [
                ["问：", "答："],
                ["记者：", "老李："],
                ["记者：", "王教授："],
                ["主持人：", "张伟："],
                ["A：", "B："],
            ][random.below(5)];
            for _ in 0..2 + random.below(3) {
                let (ask, answer) = (6 + random.below(22), 12 + random.below(70));
                rows.extend(wrap(format!("{}{}", speakers[0], sentence(random, ask, '？'))));
                rows.extend(wrap(format!("{}{}", speakers[1], sentence(random, answer, '。'))));
            }
        }
        1 => {
            let marks = random.below(5);
            let numerals = ["一", "二", "三", "四", "五", "六"];
            for (at, numeral) in numerals.iter().take(3 + random.below(4)).enumerate() {
                let mark = match marks {
                    0 => format!("{numeral}、"),
                    1 => format!("（{numeral}）"),
                    2 => format!("{}.", at + 1),
                    3 => "●".to_owned(),
                    _ => "■".to_owned(),
                };
                let n = 6 + random.below(60);
                rows.extend(wrap(mark + &sentence(random, n, if marks == 1 { '；' } else { '。' })));
            }
        }
        2 => {
            let marks = ["■", "●", "◆", "■一、", "●一、"];
            let mark = marks[random.below(marks.len())];
            for at in 0..2 + random.below(2) {
                let mark = if mark.ends_with('、') && at > 0 {
                    mark.replace('一', "二")
                } else {
                    mark.to_owned()
                };
                let (head, body) = (4 + random.below(8), 20 + random.below(90));
                if let Some(row) = rows.last_mut() {
                    *row = (std::mem::take(&mut row.0), "HEAD", row.2);
                }
                rows.push((format!("{mark}{}", heading(random, head)), "HEAD", "SECTION"));
                rows.extend(wrap(sentence(random, body, '。')));
            }
        }
        3 => {
            let (n, who) = (10 + random.below(50), 2 + random.below(2));
            rows.extend(wrap(sentence(random, n, '。')));
            let contact = format!("联系人：{}", words(random, who));
            let telephone = format!("联系电话：0391-{}", 3_000_000 + random.below(999_999));
            let mail = format!("电子邮箱：jz{}@163.com", random.below(9999));
            let place = format!("{}人民政府办公室", words(random, 3));
            let date = format!("2020年{}月{}日", 1 + random.below(12), 1 + random.below(28));
            let all = [contact, telephone, mail, place, date];
            let from = random.below(3);
            rows.extend(all.into_iter().skip(from).map(|it| (it, "PARA", "BODY")));
        }
        4 => {
            // 词 and new verse: lines of one to three clauses.
            for at in 0..6 + random.below(9) {
                let clauses = 1 + [0, 0, 1, 1, 2][random.below(5)];
                let mut line: Vec<String> = (0..clauses)
                    .map(|_| {
                        let feet = if clauses == 3 { 3 } else { 3 + random.below(6) };
                        words(random, feet)
                    })
                    .collect();
                let last = line.pop().unwrap_or_default();
                let end = ["，", "。", "；", "。", "！", "，"][(at + random.below(3)) % 6];
                line.push(last + end);
                rows.push((line.join("，"), "PARA", "BODY"));
            }
        }
        5 => {
            let labels = ["时间", "地点", "主讲人", "票价", "主办单位", "比分", "品种", "价格"];
            for at in 0..3 + random.below(4) {
                let n = 3 + random.below(14);
                rows.push((format!("{}：{}", labels[at % labels.len()], words(random, n)), "PARA", "BODY"));
            }
        }
        6 => {
            // A letter.
            let address = ["编辑同志：", "各位老师：", "同志们：", "各位读者：", "尊敬的编辑："];
            rows.push((address[random.below(5)].to_owned(), "PARA", "BODY"));
            for _ in 0..1 + random.below(2) {
                let n = 40 + random.below(80);
                rows.extend(wrap(sentence(random, n, '。')));
            }
            match random.below(3) {
                0 => rows.extend(["此致", "敬礼！"].map(|it| (it.to_owned(), "PARA", "BODY"))),
                1 => rows.extend(["顺颂", "编安"].map(|it| (it.to_owned(), "PARA", "BODY"))),
                _ => rows.push(("谢谢大家！".to_owned(), "PARA", "BODY")),
            }
            let who =
                format!("{}{}", words(random, 4), [" 王丽", "居民 张建国", "读者 李明", ""][random.below(4)]);
            rows.push((who, "PARA", "BODY"));
            rows.push((day(random), "PARA", "BODY"));
        }
        7 => {
            // Things, one a line.
            let units = ["克", "个", "匙", "元", "斤", "片", "台", "名"];
            if random.below(2) == 0 {
                rows.push((
                    ["【原料】", "主要配置", "需要准备：", "获奖名单"][random.below(4)].to_owned(),
                    "PARA",
                    "BODY",
                ));
            }
            for _ in 0..4 + random.below(7) {
                let n = 3 + random.below(5);
                let thing = words(random, n);
                rows.push(match random.below(4) {
                    0 => (thing, "PARA", "BODY"),
                    3 => (format!("{thing}，{}", words(random, n)), "PARA", "BODY"),
                    1 => (
                        format!("{thing} {}{}", 1 + random.below(900), units[random.below(8)]),
                        "PARA",
                        "BODY",
                    ),
                    _ => (format!("{thing}　{}", words(random, 2)), "PARA", "BODY"),
                });
            }
        }
        8 => {
            // Times and what happens then.
            let mut hour = 6 + random.below(4);
            for _ in 0..4 + random.below(6) {
                let n = 4 + random.below(8);
                rows.push((
                    format!("{hour:02}:{:02} {}", random.below(12) * 5, words(random, n)),
                    "PARA",
                    "BODY",
                ));
                hour += 1 + random.below(2);
            }
        }
        9 => {
            // Announcements of a court.
            let courts = ["人民法院", "市场监督管理局", "公证处", "仲裁委员会"];
            let court = format!("{}{}", words(random, 4), courts[random.below(4)]);
            for _ in 0..1 + random.below(3) {
                rows.push((
                    ["张伟：", "李建军、王海燕：", "赵小虎："][random.below(3)].to_owned(),
                    "PARA",
                    "BODY",
                ));
                let n = 60 + random.below(120);
                rows.extend(wrap(sentence(random, n, '。')));
                rows.push((court.clone(), "PARA", "BODY"));
                if random.below(2) == 0 {
                    rows.push((day(random), "PARA", "BODY"));
                }
            }
        }
        10 => {
            // Captions and credits.
            for at in 0..1 + random.below(3) {
                let n = 8 + random.below(20);
                let mark =
                    ["图①：", "▲", "图为", "图1 ", "▲"][random.below(5)].replace('①', ["①", "②", "③"][at]);
                let caption = sentence(random, n, '。');
                rows.extend(wrap(format!("{mark}{caption}")));
            }
            rows.push((format!("{} 摄", byline_of(random)), "PARA", "BODY"));
        }
        11 => {
            // Speech, a line each.
            for _ in 0..3 + random.below(4) {
                let n = 4 + random.below(24);
                let end = ['。', '？', '！'][random.below(3)];
                rows.extend(wrap(format!("“{}”", sentence(random, n, end))));
            }
        }
        12 => {
            // Sections with a number and no stop.
            let marks = random.below(4);
            for (at, numeral) in ["一", "二", "三", "四"].iter().take(2 + random.below(3)).enumerate() {
                let mark = match marks {
                    0 => format!("{numeral}、"),
                    1 => format!("（{numeral}）"),
                    2 => format!("{}.{} ", 2, at + 1),
                    _ => format!("第{numeral}节 "),
                };
                if let Some(row) = rows.last_mut() {
                    *row = (std::mem::take(&mut row.0), "HEAD", row.2);
                }
                let n = 5 + random.below(9);
                rows.push((format!("{mark}{}", heading(random, n)), "HEAD", "SECTION"));
                let n = 20 + random.below(90);
                rows.extend(wrap(sentence(random, n, '。')));
            }
        }
        13 => {
            // Commands, quoted mail, numbers of pages.
            let lines = [
                "$ jd --version",
                "> 图3的清晰度不够，请重新提供。",
                "-- ",
                "Re: 2019-04-02 10:15",
                "jd 2.1.0 (build 412)",
            ];
            for _ in 0..1 + random.below(3) {
                rows.push((lines[random.below(5)].trim().to_owned(), "PARA", "BODY"));
            }
            rows.push(((10 + random.below(300)).to_string(), "PARA", "BODY"));
        }
        15 => {
            // A song: lines without a mark, of much the same length.
            let feet = 4 + random.below(6);
            if random.below(2) == 0 {
                let n = 3 + random.below(4);
                rows.push((words(random, n), "PARA", "BODY"));
                let authors =
                    [["乔羽 词", "刘炽 曲"], ["作词：王平", "作曲：李焕"], ["王之涣", ""], ["陆　游", ""]];
                let authors = authors[random.below(4)].into_iter().filter(|it| !it.is_empty());
                rows.extend(authors.map(|it| (it.to_owned(), "PARA", "BODY")));
            }
            for _ in 0..5 + random.below(9) {
                let n = feet + random.below(3);
                rows.push((words(random, n), "PARA", "BODY"));
            }
        }
        16 => {
            // Scores and places in a table.
            for at in 0..3 + random.below(7) {
                let (one, two) = (words(random, 4), words(random, 4));
                let (a, b) = (random.below(5), random.below(120));
                rows.push((
                    match random.below(3) {
                        0 => format!("{one} {a}∶{b} {two}"),
                        1 => format!("{} {one} {a} {b} {}", at + 1, b + 3),
                        _ => format!("{one} {b}.{a}0"),
                    },
                    "PARA",
                    "BODY",
                ));
            }
        }
        17 => {
            // Subtitles and what was said in a chat.
            for at in 0..3 + random.below(5) {
                let (minute, second) = (random.below(60), random.below(60));
                let head = match random.below(2) {
                    0 => format!("00:{minute:02}:{second:02},200 --> 00:{minute:02}:{second:02},900"),
                    _ => format!("{} 20:{minute:02}:{second:02}", byline_of(random)),
                };
                if at % 2 == 0 {
                    rows.push(((at + 1).to_string(), "PARA", "BODY"));
                }
                rows.push((head, "PARA", "BODY"));
                for _ in 0..1 + random.below(2) {
                    let n = 4 + random.below(9);
                    rows.push((words(random, n), "PARA", "BODY"));
                }
            }
        }
        18 => {
            // Articles of a law, entries of a dictionary.
            let law = random.below(2) == 0;
            for numeral in ["十", "十一", "十二", "十三", "十四"].iter().take(2 + random.below(4)) {
                let head =
                    if law { format!("第{numeral}条　") } else { format!("【{}】", words(random, 3)) };
                let n = 12 + random.below(70);
                rows.extend(wrap(head + &sentence(random, n, '。')));
            }
        }
        19 => {
            // Who takes part, and what they are: labels with little after them, over a line or two.
            for label in
                ["甲方", "乙方", "主持人", "参加人员", "列席", "记录人"].iter().take(3 + random.below(4))
            {
                let names: Vec<&str> = (0..1 + random.below(7))
                    .map(|_| ["王晓明", "刘志刚", "陈丽", "赵永红", "孙艳"][random.below(5)])
                    .collect();
                rows.extend(wrap(format!("{label}：{}", names.join("、"))));
            }
        }
        20 => {
            // English, hyphenated or not.
            for _ in 0..1 + random.below(2) {
                let n = 16 + random.below(50);
                let mut word = |_| english::WORDS[random.below(english::WORDS.len())];
                let words: Vec<&str> = (0..n).map(&mut word).collect();
                rows.extend(english::paragraph(&words, (2 * width).max(24), random.below(2) == 0));
            }
        }
        21 => {
            // Questions of an examination and what to choose from.
            for at in 0..1 + random.below(3) {
                let n = 8 + random.below(30);
                let question = sentence(random, n, '（');
                rows.extend(wrap(format!("{}．{question}　　）（{}分）", at + 1, 2 + random.below(4))));
                for choice in ["A", "B", "C", "D"] {
                    let n = 4 + random.below(24);
                    let end = ["。", ""][random.below(2)];
                    rows.extend(wrap(format!(
                        "{choice}．{}{end}",
                        sentence(random, n, '。').trim_end_matches('。')
                    )));
                }
            }
        }
        22 => {
            // Small advertisements, each with its head, and lists with a dash.
            let dashed = random.below(2) == 0;
            for at in 0..2 + random.below(3) {
                if dashed {
                    let n = 4 + random.below(20);
                    rows.push((format!("- {}", words(random, n)), "PARA", "BODY"));
                    continue;
                }
                rows.push((
                    ["招聘", "转让", "出租", "求购", "遗失声明"][random.below(5)].to_owned(),
                    "PARA",
                    "BODY",
                ));
                let n = 10 + random.below(40);
                rows.extend(wrap(sentence(random, n, '。')));
                let who = ["联系人：杨先生 138××××5566", "电话：0391-3909888", "热线：8797000 3909888"];
                rows.push((who[(at + random.below(2)) % 3].to_owned(), "PARA", "BODY"));
            }
        }
        _ => {
            // Entries of a chronicle: a date and what happened.
            for at in 0..3 + random.below(4) {
                let n = 10 + random.below(50);
                let date = match random.below(3) {
                    0 => format!("{}月{}日　", 1 + at, 1 + random.below(28)),
                    1 => format!("{}月　", 1 + at),
                    _ => "是年　".to_owned(),
                };
                rows.extend(wrap(date + &sentence(random, n, '。')));
            }
        }
    }
    rows
}

fn day(random: &mut Random) -> String {
    let (month, day) = (1 + random.below(12), 1 + random.below(28));
    match random.below(4) {
        0 => format!("{month}月{day}日"),
        1 => "二〇二〇年三月六日".to_owned(),
        _ => format!("20{}年{month}月{day}日", 10 + random.below(13)),
    }
}

fn byline_of(random: &mut Random) -> &'static str {
    ["本报记者 李良", "记者 王芳", "通讯员 张伟", "本报记者 刘婧 陈明"][random.below(4)]
}

/// Lines that are no column: a poem, rows of a table, a list.
pub(crate) fn block(han: &[char], random: &mut Random) -> Vec<String> {
    let words = |random: &mut Random, n: usize| {
        let at = random.below(han.len() - 20);
        han[at..at + n].iter().collect::<String>()
    };
    let kind = random.below(5);
    let n = 4 + random.below(6);
    let feet = [4, 5, 7][random.below(3)];
    let cells = 2 + random.below(3);
    (0..n)
        .map(|row| match kind {
            0 => words(random, feet) + if row % 2 == 0 { "，" } else { "。" },
            1 => words(random, feet) + "，" + &words(random, feet) + "。",
            2 => (0..cells)
                .map(|_| if random.below(2) == 0 { words(random, 2) } else { random.below(3000).to_string() })
                .collect::<Vec<_>>()
                .join("  "),
            3 => {
                let (label, length) = (words(random, 2), 2 + random.below(8));
                label + "：" + &words(random, length)
            }
            _ => {
                let length = 3 + random.below(9);
                format!("{}. {}", row + 1, words(random, length))
            }
        })
        .collect()
}
