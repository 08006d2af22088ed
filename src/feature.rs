//! What editors ask of an analysis: cards, outlines, folds, names, colours, actions. Plain data in bytes; the protocol
//! is `server`'s.

pub mod completion;
pub mod day_names;
pub mod export;
pub mod fix;
pub mod folding;
pub mod hover;
pub mod inlay;
mod markdown;
mod moment;
mod name_card;
pub mod names;
pub mod outline;
pub mod rename;
pub mod selection;
pub mod tokens;
mod wording;
