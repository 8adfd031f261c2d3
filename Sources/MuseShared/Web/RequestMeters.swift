import Metrics

/// Counts and times requests by route template and class of status.
///
/// Only templates known at start become labels, so a client can't make new ones.
struct RequestMeters: Sendable {
    struct Meters: Sendable {
        private let classes: [Metrics.Timer]

        init(route: String) {
            classes = (1...5).map { digit in
                Metrics.Timer(
                    label: "http_request_duration_seconds",
                    dimensions: [("route", route), ("status", "\(digit)xx")]
                )
            }
        }

        func record(status: Int, nanoseconds: Int64) {
            classes[min(max(status / 100 - 1, 0), 4)].recordNanoseconds(nanoseconds)
        }
    }

    private let routes: [String: Meters]
    private let other = Meters(route: "other")

    init(templates: [String]) {
        routes = Dictionary(uniqueKeysWithValues: templates.map { ($0, Meters(route: $0)) })
    }

    func record(route: String?, status: Int, nanoseconds: Int64) {
        let meters = route.flatMap { routes[$0] } ?? other
        meters.record(status: status, nanoseconds: nanoseconds)
    }

    /// Those of one route, for whoever looks them up once.
    func meters(of route: String) -> Meters {
        routes[route] ?? other
    }
}
