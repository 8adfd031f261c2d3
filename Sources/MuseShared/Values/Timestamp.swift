import Foundation

/// A moment in UTC, in whole milliseconds since 1970; what the database stores in every `…_at_ms` column.
public struct Timestamp: Sendable, Hashable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public init(_ date: Date) {
        let value = (date.timeIntervalSince1970 * 1000).rounded()
        self.init(milliseconds: Int64(exactly: value) ?? (value < 0 ? .min : .max))
    }

    /// Unix seconds as outside services send them.
    public init(unixSeconds: Int64) {
        self.init(milliseconds: unixSeconds.multipliedClamped(by: 1000))
    }

    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
    public var unixSeconds: Int64 { milliseconds / 1000 }

    public func adding(seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds.addedClamped(to: seconds.multipliedClamped(by: 1000)))
    }

    public func adding(minutes: Int64) -> Timestamp {
        adding(seconds: minutes.multipliedClamped(by: 60))
    }

    public func adding(milliseconds more: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds.addedClamped(to: more))
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// RFC 3339 in UTC with milliseconds, e.g. `2026-11-23T14:05:35.120Z`.
    public var rfc3339: String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Reads RFC 3339 with or without fractional seconds; nil for anything else.
    public init?(rfc3339 text: String) {
        let styles = [Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle()]
        for style in styles {
            if let date = try? style.parse(text) {
                self.init(date)
                return
            }
        }
        return nil
    }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Timestamp(rfc3339: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "A time is written like 2026-11-23T18:30:00Z.")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}

extension Int64 {
    /// The sum, held at the ends of the range: a clock value is never worth a trap.
    func addedClamped(to other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        guard overflow else { return sum }
        return other < 0 ? .min : .max
    }

    func multipliedClamped(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        guard overflow else { return product }
        return (self < 0) == (other < 0) ? .max : .min
    }
}
