import HTTPTypes
import Hummingbird

/// The routes of a router by path, to tell "no such place" from "not that way", and to name routes in metrics.
struct RouteTable: Sendable {
    private enum Segment: Sendable {
        case text(String)
        case any
        case rest
    }

    private let entries: [(segments: [Segment], method: HTTPRequest.Method)]
    /// Every route as its template is written in metrics.
    let templates: [String]

    init<Context>(_ router: Router<Context>) {
        let routes = router.routes
        entries = routes.map { route in (Self.segments(route.path.description), route.method) }
        templates = Set(routes.map(\.path.description)).sorted()
    }

    /// The methods that `path` has routes for, in the order of the alphabet. A GET route answers HEAD as well.
    func methods(at path: Substring) -> [HTTPRequest.Method] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        var found = Set(entries.filter { Self.matches($0.segments, parts) }.map(\.method))
        if found.contains(.get) { found.insert(.head) }
        return found.sorted { $0.rawValue < $1.rawValue }
    }

    private static func segments(_ template: String) -> [Segment] {
        template.split(separator: "/").map { part in
            if part == "**" || part.hasPrefix("{*") { return .rest }
            return part.contains("{") || part.contains("*") ? .any : .text(String(part))
        }
    }

    private static func matches(_ segments: [Segment], _ parts: [String]) -> Bool {
        var index = 0
        for segment in segments {
            if case .rest = segment { return index < parts.count }
            guard index < parts.count else { return false }
            if case .text(let text) = segment, text != parts[index] { return false }
            index += 1
        }
        return index == parts.count
    }
}
