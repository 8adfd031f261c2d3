import Metrics

/// Counts and times requests by route template and class of status.
///
/// Only templates known at start become labels, so a client can't make new ones.
struct RequestMeters: Sendable {
    private struct Meters: Sendable {
        let classes: [Metrics.Timer]

        init(route: String) {
            classes = (1...5).map { digit in
                Metrics.Timer(
                    label: "http_request_duration_seconds",
                    dimensions: [("route", route), ("status", "\(digit)xx")]
                )
            }
        }
    }

    private let routes: [String: Meters]
    private let other = Meters(route: "other")

    init(templates: [String]) {
        routes = Dictionary(uniqueKeysWithValues: templates.map { ($0, Meters(route: $0)) })
    }

    func record(route: String?, status: Int, nanoseconds: Int64) {
        let meters = route.flatMap { routes[$0] } ?? other
        let index = min(max(status / 100 - 1, 0), 4)
        meters.classes[index].recordNanoseconds(nanoseconds)
    }
}
