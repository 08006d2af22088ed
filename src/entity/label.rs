//! What a character is in a name: the labels that the tagger gives, and which may follow which.

use super::EntityKind;

/// How many labels there are.
pub const LABELS: usize = 13;

/// A label: outside of names, or first, middle, last or only character of a name of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(u8);

/// Where in a name a character stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The first of several.
    First,
    /// Neither first nor last.
    Middle,
    /// The last of several.
    Last,
    /// The only one.
    Only,
}

/// The kinds that are tagged, in the order of their labels.
pub const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Place, EntityKind::Organization];

impl Label {
    /// Outside of names.
    pub const OUTSIDE: Label = Label(0);

    /// The label of a `part` of a name that is the `kind`th of [`KINDS`].
    pub const fn of(kind: usize, part: Part) -> Label {
        Label(1 + 4 * kind as u8 + part as u8)
    }

    /// The label at `index` below [`LABELS`].
    pub const fn at(index: usize) -> Label {
        Label(index as u8)
    }

    /// Its place among the labels.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The kind, as a place in [`KINDS`], and the part.
    pub const fn name(self) -> Option<(usize, Part)> {
        if self.0 == 0 {
            return None;
        }
        let part = match (self.0 - 1) % 4 {
            0 => Part::First,
            1 => Part::Middle,
            2 => Part::Last,
            _ => Part::Only,
        };
        Some(((self.0 as usize - 1) / 4, part))
    }

    /// Whether a name goes on behind a character so labelled.
    pub const fn is_open(self) -> bool {
        matches!(self.name(), Some((_, Part::First | Part::Middle)))
    }

    /// Whether a name goes on from before into a character so labelled.
    pub const fn goes_on(self) -> bool {
        matches!(self.name(), Some((_, Part::Middle | Part::Last)))
    }

    /// Whether `next` may stand right behind.
    pub const fn may_precede(self, next: Label) -> bool {
        match (self.is_open(), next.goes_on()) {
            (false, false) => true,
            (true, true) => (self.0 - 1) / 4 == (next.0 - 1) / 4,
            _ => false,
        }
    }
}

/// The labels of a text of `length` characters with names, each from its first to behind its last character, and its
/// place in [`KINDS`]; in order and disjoint.
pub fn labels(length: usize, names: &[(usize, usize, usize)]) -> Vec<Label> {
    let mut labels = vec![Label::OUTSIDE; length];
    for &(start, end, kind) in names {
        match end - start {
            0 => {}
            1 => labels[start] = Label::of(kind, Part::Only),
            _ => {
                labels[start..end].fill(Label::of(kind, Part::Middle));
                labels[start] = Label::of(kind, Part::First);
                labels[end - 1] = Label::of(kind, Part::Last);
            }
        }
    }
    labels
}

/// The names of a labelled text, as [`labels`] takes them.
pub fn names(labels: &[Label]) -> Vec<(usize, usize, usize)> {
    let mut names = Vec::new();
    let mut start = 0;
    for (at, label) in labels.iter().enumerate() {
        match label.name() {
            Some((kind, Part::Only)) => names.push((at, at + 1, kind)),
            Some((_, Part::First)) => start = at,
            Some((kind, Part::Last)) => names.push((start, at + 1, kind)),
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_from_their_labels() {
        let found = [(0, 3, 0), (3, 4, 1), (5, 7, 2)];
        let labels = labels(8, &found);
        assert_eq!(names(&labels), found);
        assert!(labels.windows(2).all(|it| it[0].may_precede(it[1])));
    }

    #[test]
    fn a_name_goes_on_in_its_own_kind_alone() {
        let (person, place) = (Label::of(0, Part::First), Label::of(1, Part::Last));
        assert!(!person.may_precede(place));
        assert!(!person.may_precede(Label::OUTSIDE));
        assert!(place.may_precede(person));
        let all = (0..LABELS).flat_map(|it| (0..LABELS).map(move |next| (it, next)));
        let allowed = all.filter(|it| Label::at(it.0).may_precede(Label::at(it.1)));
        assert_eq!(allowed.count(), 7 * 7 + 3 * 2 * 2);
    }
}
