import HTTPTypes
import Hummingbird
import MuseShared

/// When orders are taken: pausing and slowing for those on the floor, hours and pickup times for who runs the place.
struct AdminVenueRoutes: Sendable {
    let desk: StaffDesk

    func add(to staff: some RouterMethods<StaffContext>) {
        staff.get("/venue", use: showVenue)
        staff.get("/api/venue", use: venue)
        staff.post("/api/ordering/pause", use: pause)
        staff.post("/api/ordering/delay", use: delay)
        staff.post("/api/opening-hours", use: setWeek)
        staff.post("/api/opening-exceptions", use: setDate)
        staff.post("/api/slot-settings", use: setMinutes)
        staff.post("/api/stations", use: setStation)
        staff.post("/api/tip-percents", use: setTips)
    }

    private func showVenue(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.manageVenue)
        return try page(context)
    }

    private func page(_ context: StaffContext, typed: FormFields? = nil, problem: Problem? = nil) throws -> Response {
        let opening = OpeningRepository(database: desk.database)
        let content = VenuePage.Content(
            venue: try desk.venue(), exceptions: try opening.exceptions(), stations: try opening.stationNames(),
            now: desk.now(), typed: typed, problem: problem)
        return try desk.renderer.html(
            VenuePage(content, staff: desk.frame(context)), status: problem?.status ?? .ok, context)
    }

    private func venue(_ request: Request, _ context: StaffContext) throws -> Response {
        try context.require(.pauseOrdering)
        return try answer()
    }

    private func answer() throws -> Response {
        try .json(
            VenueAnswer(
                try desk.venue(), try OpeningRepository(database: desk.database).exceptions(), now: desk.now()))
    }

    // MARK: This hour

    private struct Pause: Decodable {
        /// Minutes as text, `untilResumed`, or `resume`.
        let pause: String?
        let returnTo: String?
    }

    private func pause(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.pauseOrdering)
        let body = try await request.input(Pause.self, context)
        let wish: PauseOrdering.Wish
        switch body.pause {
        case "resume": wish = .resume
        case "untilResumed": wish = .untilResumed
        default:
            guard let minutes = body.pause.flatMap({ Int64($0) }) else {
                throw Problem.invalid("pause", "Say how many minutes, untilResumed, or resume.")
            }
            wish = .minutes(minutes)
        }
        let pause = try await PauseOrdering(database: desk.database)(.init(wish: wish, staffID: context.staff.id))
        let zone = try desk.venue().timeZone
        let words =
            pause.map { $0.until.map { "Ordering is paused until \(zone.clockTime($0))." } ?? "Ordering is paused." }
            ?? "Orders are taken again."
        return try told(words, to: body.returnTo, context)
    }

    private struct Delay: Decodable {
        let minutes: Int64
        let returnTo: String?
    }

    private func delay(_ request: Request, _ context: StaffContext) async throws -> Response {
        try context.require(.pauseOrdering)
        let body = try await request.input(Delay.self, context)
        do {
            let delay = try await DelayOrders(database: desk.database)(
                .init(addedMinutes: body.minutes, staffID: context.staff.id))
            let zone = try desk.venue().timeZone
            let words =
                delay.map { "\($0.minutes) minutes are added until \(zone.clockTime($0.until))." }
                ?? "No minutes are added any more."
            return try told(words, to: body.returnTo, context)
        } catch let refusal as DelayOrders.Refusal {
            guard context.web.wantsPage, refusal.problem.status == .conflict else { throw refusal }
            let text = "\(refusal.problem.title) \(refusal.problem.detail ?? "")"
            return .redirect(to: Paths.known(body.returnTo) ?? Paths.board, flash: Flash(.warning, text), context)
        }
    }

    private func told(_ words: String, to place: String?, _ context: StaffContext) throws -> Response {
        guard context.web.wantsPage else { return try answer() }
        return .redirect(to: Paths.known(place) ?? Paths.board, flash: Flash(.success, words), context)
    }

    // MARK: Settings

    private func setWeek(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await change(request, context) { fields in
            try fields.refuseOthers(than: ChangeOpeningHours.dayNames + [VenuePage.silenceField])
            var texts: [Int: String] = [:]
            for (index, name) in ChangeOpeningHours.dayNames.enumerated() { texts[index + 1] = fields.first(name) }
            // A program that closes every day means it; a person may have emptied the wrong fields.
            let maySilence = !request.isForm || fields.first(VenuePage.silenceField) == "true"
            try await ChangeOpeningHours(database: desk.database)(
                .init(change: .week(texts, maySilence: maySilence), staffID: context.staff.id))
            return "The hours are saved."
        }
    }

    private func setDate(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await change(request, context) { fields in
            let date = fields.first("date") ?? ""
            let isRemoved = fields.first("remove") == "true"
            let change: ChangeOpeningHours.Change =
                isRemoved
                ? .removal(ofDate: date)
                : .date(date, hours: fields.first("hours") ?? "", note: fields.first("note") ?? "")
            try await ChangeOpeningHours(database: desk.database)(.init(change: change, staffID: context.staff.id))
            return isRemoved ? "The date has its weekday’s hours again." : "The date is set."
        }
    }

    private func setMinutes(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await change(request, context) { fields in
            let prep = fields.first("prepMinutes").flatMap { Int64($0) } ?? -1
            let slot = fields.first("slotMinutes").flatMap { Int64($0) } ?? -1
            try await ChangeSlotSettings(database: desk.database)(
                .init(change: .minutes(prep: prep, slot: slot), staffID: context.staff.id))
            return "The pickup times are saved."
        }
    }

    private func setStation(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await change(request, context) { fields in
            let name = fields.first("station") ?? ""
            let known = try OpeningRepository(database: desk.database).stationNames()
            guard known.contains(name) else { throw ChangeSlotSettings.Refusal.stationName }
            let station = OrderingRules.Station(
                hands: fields.first("hands").flatMap { Int64($0) } ?? -1,
                slotSeconds: fields.first("slotSeconds").flatMap { Int64($0) } ?? -1)
            try await ChangeSlotSettings(database: desk.database)(
                .init(change: .station(name, station), staffID: context.staff.id))
            return "\(name) is saved."
        }
    }

    private func setTips(_ request: Request, _ context: StaffContext) async throws -> Response {
        try await change(request, context) { fields in
            guard let percents = SetTipPercents.percents(text: fields.first("percents") ?? "") else {
                throw SetTipPercents.Refusal.notAPercentage
            }
            try await SetTipPercents(database: desk.database)(.init(percents: percents, staffID: context.staff.id))
            return "The tips are saved. The next checkout offers them."
        }
    }

    /// A form or a JSON object of texts and numbers; a refused form is shown again with what was typed.
    private func change(
        _ request: Request, _ context: StaffContext, _ save: (FormFields) async throws -> String
    ) async throws -> Response {
        try context.require(.manageVenue)
        let fields = try await request.plainFields(context)
        do {
            let words = try await save(fields)
            guard context.web.wantsPage else { return try answer() }
            return .redirect(to: Paths.venue, flash: Flash(.success, words), context)
        } catch let refusal as any ProblemConvertible {
            guard context.web.wantsPage, refusal.problem.status == .unprocessableContent else { throw refusal }
            return try page(context, typed: fields, problem: refusal.problem)
        }
    }
}
