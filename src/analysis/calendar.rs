//! The document's date, and what its moments mean by it.

use super::Analysis;
use crate::expression::issue::{IssueDate, issue_date};
use crate::expression::resolve::Resolved;
use crate::expression::timeline::Timeline;
use crate::reading::Reading;

impl Analysis {
    /// The document's date, as far as it is known; a year that was set goes before what the text says.
    pub fn issue_date(&self) -> Option<IssueDate> {
        self.issue
    }

    /// What the moments of each paragraph mean, in order, one for each of [`Reading::every_expression`]; `None` for
    /// amounts and for what cannot be known. O(expressions).
    pub fn moments(&self) -> impl Iterator<Item = Vec<Option<Resolved>>> {
        let articles = self.page().articles.iter().map(|it| it.paragraphs.clone());
        articles.flat_map(move |paragraphs| {
            let mut timeline = Timeline::new(self.issue);
            paragraphs.map(move |paragraph| self.resolved(paragraph, &mut timeline))
        })
    }

    /// What the moments of `paragraph` mean, one for each of [`Reading::every_expression`]. O(expressions of its
    /// article).
    pub fn moments_of(&self, paragraph: usize) -> Vec<Option<Resolved>> {
        let page = self.page();
        let first = page.articles.get(page.article_of(paragraph)).map_or(paragraph, |it| it.paragraphs.start);
        let mut timeline = Timeline::new(self.issue);
        for earlier in first..paragraph {
            self.resolved(earlier, &mut timeline);
        }
        self.resolved(paragraph, &mut timeline)
    }

    fn resolved(&self, paragraph: usize, timeline: &mut Timeline) -> Vec<Option<Resolved>> {
        self.reading(paragraph).every_expression().iter().map(|it| timeline.read(&it.value)).collect()
    }

    /// The date of the document whose paragraphs are read as `readings`.
    pub(super) fn issue_of<'a>(
        settings: &crate::settings::Settings,
        readings: impl Iterator<Item = &'a Reading>,
    ) -> Option<IssueDate> {
        if let Some(reference) = settings.reference {
            return Some(reference.into());
        }
        issue_date(settings.number("year").map(|it| it as i32), readings.map(|it| &it.year))
    }
}
