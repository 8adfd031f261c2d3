import Testing

/// The promises, proven on the real programs. One after the other: each test starts its own, and the machine is small.
@Suite(.serialized) struct EndToEnd {}
