//! jiaodui 校对 proofreads Chinese text as it comes out of newspaper PDFs and OCR, while a person edits it.
//!
//! **Join first, then read.** A page is read once as lines ([`page`]); the author's paragraphs are recovered with a
//! map back to the file; everything after that — [`expression`]s, entities ([`entity`]), rules — reads joined text.
//!
//! Modules in reading order; each may use those above it.
#![warn(missing_docs)]

pub mod text;

pub mod list;

pub mod lexicon;

pub mod page;

pub mod expression;

pub mod entity;

pub mod reading;

pub mod settings;

pub mod rule;

pub mod rules;

pub mod analysis;

#[cfg(test)]
pub(crate) mod fixture;

pub mod feature;

pub mod disk;

pub mod config;

pub mod cli;

pub mod server;
