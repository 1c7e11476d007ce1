//! A body with a limit. Bytes beyond the limit are read and dropped, because many clients read the answer only after they
//! have sent the whole body.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http_body::Frame;

/// How many bytes beyond the limit are read and dropped before the connection is given up.
const LARGEST_EXCESS: u64 = 64 << 20;

/// The error of a body that is longer than its limit.
#[derive(Debug, thiserror::Error)]
#[error("the body is larger than it may be")]
pub(super) struct Exceeded;

/// A body that ends in [`Exceeded`] when it is longer than its limit.
pub(super) struct Limited {
    body: Body,
    limit: u64,
    seen: u64,
}

impl Limited {
    pub(super) fn new(body: Body, limit: u64) -> Self {
        Self { body, limit, seen: 0 }
    }
}

impl HttpBody for Limited {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
            if let Some(Ok(frame)) = &frame {
                self.seen = self.seen.saturating_add(frame.data_ref().map_or(0, Bytes::len) as u64);
            }
            if self.seen <= self.limit {
                return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
            }
            let is_over = !matches!(frame, Some(Ok(_)));
            if is_over || self.seen - self.limit > LARGEST_EXCESS {
                return Poll::Ready(Some(Err(Exceeded.into())));
            }
        }
    }
}

/// Whether `error`, or a cause of it, is [`Exceeded`].
pub(super) fn is_exceeded(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<Exceeded>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn read(length: usize, limit: u64) -> Result<usize, bool> {
        let body = Body::new(Limited::new(Body::from(vec![0; length]), limit));
        let bytes = to_bytes(body, usize::MAX).await.map_err(|error| is_exceeded(&error))?;
        Ok(bytes.len())
    }

    #[tokio::test]
    async fn a_body_up_to_its_limit_is_read_and_a_longer_one_is_not() {
        assert_eq!(read(0, 0).await, Ok(0));
        assert_eq!(read(70, 70).await, Ok(70));
        assert_eq!(read(71, 70).await, Err(true));
    }
}
