//! What editors ask of an analysis: cards, outlines, folds, actions. Plain data in bytes; the protocol is `server`'s.

pub mod export;
pub mod fix;
pub mod folding;
pub mod hover;
pub mod inlay;
mod moment;
pub mod outline;
mod wording;
