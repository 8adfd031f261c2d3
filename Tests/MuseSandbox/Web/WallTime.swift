import Foundation

/// The wall clock, in the units that Stripe and SES count in.
enum WallTime {
    static var seconds: Int64 { Int64(Date().timeIntervalSince1970) }
    static var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    static func utc(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }
}
