import Hummingbird

/// `GET /faults` tells what is switched on; `POST /faults` switches.
struct FaultRoutes {
    let faults: FaultSwitchboard

    func add(to router: Router<SandboxContext>) {
        router.get("faults") { _, _ in try Response.json(faults.description) }
        router.post("faults") { request, _ in
            let fields = try await request.fields()
            try set(fields)
            return request.wantsJSON ? try Response.json(faults.description) : .redirect(to: "/", type: .normal)
        }
    }

    private func set(_ fields: [String: JSON]) throws {
        guard let target = fields["service"]?.text.flatMap(FaultSwitchboard.Target.init) else {
            throw HTTPError(.badRequest, message: "service must be stripe, ses, webhooks or storage")
        }
        guard let mode = fields["mode"]?.text.flatMap(FaultSwitchboard.Mode.init) else {
            let known = FaultSwitchboard.Mode.allCases.map(\.rawValue).joined(separator: ", ")
            throw HTTPError(.badRequest, message: "mode must be one of \(known)")
        }
        let seconds = try number("seconds", in: fields, 0...86_400)
        let percent = try number("percent", in: fields, 0...100)
        let rate = try number("rate", in: fields, 0...1) ?? percent.map { $0 / 100 } ?? 1
        let delay = try number("delay", in: fields, 0...600) ?? (mode == .reorder ? 2 : 5)
        let until = seconds.map { WallTime.milliseconds + Int64($0 * 1000) }
        faults.set(
            .init(mode: mode, until: until, rate: rate, delay: delay, only: fields["only"]?.text), on: target,
            also: fields["also"] == .bool(true) || fields["also"]?.text == "true")
    }

    private func number(
        _ name: String, in fields: [String: JSON], _ range: ClosedRange<Double>
    ) throws -> Double? {
        guard let value = fields[name], value != .null, value != .string("") else { return nil }
        let number = value.seconds ?? value.text.flatMap { Double($0) }
        guard let number, range.contains(number) else {
            throw HTTPError(.badRequest, message: "\(name) must be \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
