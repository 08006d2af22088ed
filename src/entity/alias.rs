//! Short forms: which name is short for which other name of the same document.

use std::collections::HashMap;

use super::{EntityKind, Mention, gazetteer, organization};
use crate::lexicon::Lexicon;

/// A short form, its full name, and what both are.
pub(super) type Alias = (String, String, EntityKind);

/// Words that introduce a short form in brackets.
const INTRODUCING: &[&str] = &["以下简称", "下称", "简称", "以下称", "又称", "原名"];

/// The short forms that brackets behind a mention introduce: `焦作市平光制药股份有限公司（以下简称“平光”）`.
pub(super) fn introduced(text: &str, mentions: &[Mention]) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for mention in mentions {
        if matches!(mention.kind, EntityKind::Work | EntityKind::Post) {
            continue;
        }
        let rest = &text[mention.span.end as usize..];
        let Some(inside) = rest.strip_prefix(['（', '(']) else { continue };
        let Some(end) = inside.find(['）', ')']) else { continue };
        let inside = &inside[..end];
        let Some(short) = INTRODUCING.iter().find_map(|it| inside.strip_prefix(it)) else { continue };
        let short = short.trim_matches(|it: char| "：:“”\"‘’「」为 ".contains(it));
        let name = mention.name(text);
        if (2..=12).contains(&short.chars().count()) && short != name {
            aliases.push((short.to_owned(), name.into_owned(), mention.kind));
        }
    }
    aliases
}

/// The short forms among `names`, each with its kind: a place without its 市, 县 or 区, an organisation without its
/// region, a foreign person by the last part. None where two full names would fit.
pub(super) fn of_names(names: &[(&str, EntityKind)], _lexicon: &Lexicon) -> Vec<Alias> {
    let mut full: HashMap<(EntityKind, &str), Option<&str>> = HashMap::new();
    for &(name, kind) in names {
        let mut short = |it: &'_ str| {
            let Some(&(short, _)) = names.iter().find(|other| other.0 == it && other.1 == kind) else {
                return;
            };
            full.entry((kind, short)).and_modify(|it| *it = None).or_insert(Some(name));
        };
        match kind {
            EntityKind::Person => {
                if let Some((_, last)) = name.rsplit_once('·') {
                    short(last);
                }
            }
            EntityKind::Place => {
                let shorter = name.strip_suffix(['市', '县', '区', '省']).filter(|it| it.chars().count() > 1);
                shorter.into_iter().for_each(&mut short);
            }
            EntityKind::Organization => {
                let rest = without_region(name);
                if rest.len() < name.len() {
                    short(rest);
                    // 孟州市卫生健康委, 市卫生健康委, 卫生健康委.
                    if let Some(level) = name[..name.len() - rest.len()].chars().next_back() {
                        short(&format!("{level}{rest}"));
                    }
                }
            }
            EntityKind::Work | EntityKind::Post => {}
        }
    }
    full.into_iter()
        .filter_map(|((kind, short), full)| Some((short.to_owned(), full?.to_owned(), kind)))
        .collect()
}

/// The posts of the people among the mentions of a text, each with the place of the person among them: `市商务局局长`
/// before a person whom nothing parts from it.
pub(super) fn posts(text: &str, mentions: &[Mention]) -> Vec<(usize, String)> {
    let mut posts = Vec::new();
    for (index, person) in mentions.iter().enumerate() {
        if person.kind != EntityKind::Person {
            continue;
        }
        let mut start = person.span.start;
        let mut held = false;
        for mention in mentions[..index].iter().rev() {
            let between = &text[mention.span.end as usize..start as usize];
            let joins = between.is_empty() || held && matches!(between, "兼" | "、");
            let part = match mention.kind {
                EntityKind::Post => true,
                EntityKind::Organization | EntityKind::Place => held && between.is_empty(),
                _ => false,
            };
            if !joins || !part {
                break;
            }
            held |= mention.kind == EntityKind::Post;
            start = mention.span.start;
        }
        if held {
            posts.push((index, text[start as usize..person.span.start as usize].to_owned()));
        }
    }
    posts
}

/// Who is meant by a surname with a post, 王书记: the one person of that surname who holds such a post, or else the one
/// person of that surname. `held` are people with their posts. None where two would fit.
pub(super) fn with_posts(names: &[(&str, EntityKind)], held: &[(String, String)]) -> Vec<Alias> {
    let people = || names.iter().filter(|it| it.1 == EntityKind::Person).map(|it| it.0);
    let mut aliases = Vec::new();
    for short in people() {
        let Some((at, _)) = short.char_indices().nth(1) else { continue };
        let (surname, post) = short.split_at(at);
        if !super::post::is_post(post) {
            continue;
        }
        let only = |mut fits: Vec<&str>| {
            fits.sort_unstable();
            fits.dedup();
            if let [one] = fits[..] { Some(one.to_owned()) } else { None }
        };
        let of_surname = |it: &&str| *it != short && it.starts_with(surname) && it.chars().count() > 1;
        let holders = held.iter().filter(|it| it.1.ends_with(post)).map(|it| it.0.as_str());
        let full = only(holders.filter(of_surname).collect()).or_else(|| {
            only(people().filter(of_surname).filter(|it| !super::post::is_post(&it[at..])).collect())
        });
        aliases.extend(full.map(|it| (short.to_owned(), it, EntityKind::Person)));
    }
    aliases
}

/// The brands of companies, which may stand alone where the company was introduced in full: `博爱人家` of
/// 焦作市博爱人家物流有限公司.
pub(super) fn brands(names: &[(&str, EntityKind)], lexicon: &Lexicon) -> Vec<Alias> {
    let companies = names.iter().filter(|it| it.1 == EntityKind::Organization);
    companies
        .filter_map(|&(name, kind)| Some((brand(name, lexicon)?.to_owned(), name.to_owned(), kind)))
        .collect()
}

/// The brand of a company: what stands between its region and its trade, where that is no word.
fn brand<'a>(name: &'a str, lexicon: &Lexicon) -> Option<&'a str> {
    let core = without_region(organization::company(name)?);
    if core.len() == name.len() {
        return None;
    }
    let words = lexicon.segment(core);
    let mut end = core.len();
    for word in words.iter().rev() {
        let length = word.span.range().len();
        let trade = word.frequency > 20 && length >= 6;
        if !trade || end - length < 6 {
            break;
        }
        end -= length;
    }
    let brand = &core[..end];
    let length = brand.chars().count();
    let plain = brand.chars().all(super::person::is_han) && gazetteer::place(brand).is_none();
    let new = lexicon.frequency(brand) < 5;
    (end < core.len()
        && (2..=5).contains(&length)
        && plain
        && new
        && (length > 2 || lexicon.entry(brand).is_none()))
    .then_some(brand)
}

/// `name` without the region that it starts with: 焦作市, 河南省焦作市, 市.
fn without_region(name: &str) -> &str {
    let mut rest = name;
    loop {
        let longest = gazetteer::places_at(rest).map(|it| it.0).last().unwrap_or(0);
        let next = if longest > 0 {
            &rest[longest..]
        } else {
            match rest.strip_prefix(['市', '省', '县', '区']) {
                Some(next) if rest.len() == name.len() => next,
                _ => return rest,
            }
        };
        if next.chars().count() < 2 {
            return rest;
        }
        rest = next;
    }
}
