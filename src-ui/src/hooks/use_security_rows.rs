//! The rows of the security page, opened by their buttons and closed by what is done in them.

use yew::prelude::*;

use super::use_form::SmallFormHandle;
use crate::browser;
use crate::model::security_rows::{Action, Row, Rows};

/// The rows as a component sees them.
#[derive(Clone, PartialEq)]
pub(crate) struct RowsHandle {
    rows: UseReducerHandle<Rows>,
}

impl RowsHandle {
    /// Whether the row is open.
    pub(crate) fn is_open(&self, row: Row) -> bool {
        self.rows.is_open(row)
    }

    /// The open row.
    pub(crate) fn opened(&self) -> Option<Row> {
        self.rows.open()
    }

    /// Opens the row; closes the one that is open.
    pub(crate) fn open<E: 'static>(&self, row: Row) -> Callback<E> {
        self.tell(Action::Opened(row))
    }

    /// Closes the row. Nothing happens where another one is open.
    pub(crate) fn close<E: 'static>(&self, row: Row) -> Callback<E> {
        self.tell(Action::Closed(row))
    }

    fn tell<E: 'static>(&self, action: Action) -> Callback<E> {
        let rows = self.rows.dispatcher();
        Callback::from(move |_| rows.dispatch(action))
    }
}

/// The rows, all closed at first. The focus follows what opens and closes.
#[hook]
pub(crate) fn use_security_rows() -> RowsHandle {
    let rows = use_reducer_eq(Rows::default);
    use_effect_with(rows.focus(), |focus| {
        if let Some((_, focus)) = focus {
            browser::focus(&focus.id());
        }
    });
    RowsHandle { rows }
}

/// A form of a row: the row closes once the form's request is done, and opens where the request was refused after the
/// person had gone on to another row.
#[hook]
pub(crate) fn use_row_form(rows: &RowsHandle, row: Row, form: &SmallFormHandle) {
    let (done, refused) = (form.is_done(), form.refusals());
    {
        let close = rows.close(row);
        use_effect_with(done, move |done| {
            if *done {
                close.emit(())
            }
        });
    }
    let open = rows.open(row);
    use_effect_with(refused, move |refused| {
        if refused.is_some() {
            open.emit(())
        }
    });
}
