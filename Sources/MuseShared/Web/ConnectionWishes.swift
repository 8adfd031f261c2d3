/// Asks the connection to end once the response in progress is written.
struct CloseAfterResponse: Sendable {}

/// Asks the connection to end as soon as the client stops sending: the response in progress has no end of its own.
struct EndWithClient: Sendable {}
