import Foundation

/// Where the present moment comes from, passed in so that a test decides what time it is.
public struct WallClock: Sendable {
    public var now: @Sendable () -> Timestamp

    public init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    public static let live = WallClock { Timestamp(Date()) }
}
