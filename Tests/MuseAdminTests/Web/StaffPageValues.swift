import HTTPTypes
import Hummingbird
import Logging
import MuseTestSupport
import NIOCore

@testable import MuseAdmin
@testable import MuseShared

/// The pages of the staff site as their initialisers make them from a real database, each member filled at least once.
struct StaffPageValues {
    let counter: CheckoutCounter
    let menu: PublishedMenu
    let venue: Venue
    let staff = StaffMember(id: CafeFixture.barista, email: "bea@ncmuse.co", name: "Bea", role: .owner)

    static func open() async throws -> StaffPageValues {
        let counter = CheckoutCounter(cafe: try await TemporaryDatabase.fullCafe())
        return StaffPageValues(
            counter: counter, menu: try MenuRepository(database: counter.database).published(),
            venue: try VenueRepository(database: counter.database).venue())
    }

    private var now: Timestamp { counter.cafe.clock.now }
    var frame: StaffFrame { StaffFrame(staff, path: "/board") }
    let problem = Problem.invalid(
        [
            "name", "description", "price", "prepSeconds", "stockCount", "categoryId", "taxClassId", "subject", "text",
            "email", "password", "note",
        ].map {
            FieldError($0, "Wrong: \($0)")
        })

    func boards() async throws -> [BoardPage] {
        _ = try await counter.plainOrder()
        let returned = try await counter.fullOrder()
        try await counter.giveBack(returned.order)
        let begun = try await counter.fullOrder()
        _ = try await counter.move(begun.order.id, to: .preparing)
        _ = try await counter.move(try await counter.plainOrder().order.id, to: .completed)
        try await counter.putToStations()
        let bar = BoardStation(name: "bar")
        return try [BoardStation.all, bar].map { station in
            BoardPage(
                try BoardRepository(database: counter.database).board(), at: station, venue: venue,
                now: now.adding(seconds: 3600), staff: frame)
        }
    }

    func kitchenTickets() async throws -> [KitchenTicketPage] {
        let details = [try await counter.plainOrder(), try await counter.fullOrder()]
        return details.map { detail in
            KitchenTicketPage(
                BoardRepository.Ticket(
                    order: detail.order, lines: detail.lines, returnedMinor: detail.order.note.isEmpty ? 0 : 420),
                zone: venue.timeZone, now: now)
        }
    }

    func venues() async throws -> [VenuePage] {
        let change = ChangeOpeningHours(database: counter.database)
        try await change(.init(change: .date("2026-11-26", hours: "", note: "Thanksgiving"), staffID: staff.id))
        try await change(.init(change: .date("2026-12-31", hours: "10-2", note: ""), staffID: staff.id))
        let opening = OpeningRepository(database: counter.database)
        let problem = Problem.invalid(["monday", "percents"].map { FieldError($0, "Wrong") })
        let empty = Problem.invalid([FieldError(VenuePage.silenceField, "Meant?")])
        return try [nil, problem, empty].map { problem in
            VenuePage(
                VenuePage.Content(
                    venue: try VenueRepository(database: counter.database).venue(),
                    exceptions: try opening.exceptions(), stations: try opening.stationNames(), now: now,
                    problem: problem), staff: frame)
        }
    }

    private var tables: [DiningTable] {
        [
            DiningTable(id: "a", name: "7", area: "Terrace", code: "abcdefghijklmnop"),
            DiningTable(id: "b", name: "8", area: "", code: "abcdefghijklmnoq"),
        ]
    }

    private func origin() throws -> Origin {
        guard let origin = Origin("https://ncmuse.co") else { throw VenueMissing() }
        return origin
    }

    func tableLists() throws -> [TablesPage] {
        let problem = Problem.invalid([FieldError("name", "Wrong")])
        return try [nil, problem].map {
            TablesPage(tables, origin: try origin(), typed: nil, problem: $0, staff: frame)
        }
    }

    func tableCards() throws -> [TableCardsPage] {
        [TableCardsPage(tables, origin: try origin(), staff: frame)]
    }

    func soldOutBoards() -> [SoldOutBoardPage] {
        [false, true].map { showsOnlyGone in
            SoldOutBoardPage(
                SoldOutBoardPage.Content(
                    menu: menu, venue: venue, now: now, showsOnlyGone: showsOnlyGone, mayEditHours: true),
                staff: frame)
        }
    }

    func stocks() async throws -> (lists: [StockPage], items: [ItemStockPage]) {
        let stock = StockRepository(database: counter.database)
        let empty = StockPage([], staff: frame)
        for change in [ChangeStock.Change.counted(9), .lowMark(9)] {
            try await ChangeStock(database: counter.database)(
                ChangeStock.Request(itemID: CafeFixture.soup, change: change, staffID: CafeFixture.barista))
        }
        try await ChangeStock(database: counter.database)(
            ChangeStock.Request(
                itemID: CafeFixture.croissant, change: .counted(4), staffID: CafeFixture.barista))
        _ = try await counter.place()(CheckoutCounter.request([CheckoutCounter.line(CafeFixture.soup)]))
        let history = StockHistoryRepository(database: counter.database)
        let items = try [CafeFixture.soup, CafeFixture.water].map { id in
            ItemStockPage(
                ItemStockPage.Content(
                    itemID: id, name: id, level: try stock.level(of: id), changes: try history.latest(10, of: id),
                    zone: venue.timeZone, maySeeOrders: true, mayEdit: id == CafeFixture.soup),
                staff: frame)
        }
        return ([empty, StockPage(try stock.levels(), staff: frame)], items)
    }

    func hours() -> [MenuHoursPage] {
        [nil, Problem.invalid("windows[0]", "Which days?")].map { problem in
            let hours = MenuHours(
                windows: [OpeningHours(weekday: 1, opens: 480, closes: 690)],
                exceptions: [DatedHours(date: "2026-12-25", opens: nil, closes: nil)].compactMap { $0 })
            return MenuHoursPage(
                MenuHoursPage.Content(
                    owner: .item(CafeFixture.soup), name: "Soup", form: MenuHoursForm(hours),
                    words: "Served Mon 8:00 AM–11:30 AM", problem: problem),
                staff: frame)
        }
    }

    func photos() throws -> [ItemPhotoPage] {
        [
            (CafeFixture.flatWhite, nil),
            (CafeFixture.soup, Problem.invalid([FieldError("photo", "No"), FieldError("alt", "No")])),
        ]
        .map { (id, problem) in
            ItemPhotoPage(
                ItemPhotoPage.Content(
                    itemID: id, itemName: id, photo: menu.item(id)?.image, drawing: "cup", problem: problem),
                staff: frame)
        }
    }

    func orderLists() async throws -> [OrdersPage] {
        let paid = try await counter.fullOrder().order
        let waiting = try await counter.fullOrder(isPaid: false).order
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/orders?status=paid")
        let filter = try OrdersFilter(Request(head: head, body: RequestBody(buffer: ByteBuffer())))
        let many = [waiting] + Array(repeating: paid, count: OrdersFilter.pageSize)
        return [[], many].map { orders in
            OrdersPage(
                OrdersPage.Content(
                    filter: filter, orders: orders, figures: DayFigures(orders: 2, totalMinor: 1000), venue: venue,
                    now: now),
                staff: frame)
        }
    }

    func orders() async throws -> [StaffOrderPage] {
        let paid = try await counter.fullOrder()
        let made = try await counter.move(paid.order.id, to: .preparing)
        let letters = [nil, "busy"].map { error in
            EmailLife(
                id: "e", template: "order-confirmed", subject: "", maskedAddress: "a•••@example.com", state: .failed,
                attempts: 3, createdAt: now, sentAt: nil, nextAttemptAt: nil, lastError: error)
        }
        let collected = try await counter.move(try await counter.plainOrder().order.id, to: .completed)
        let cancelled = try await counter.move(try await counter.plainOrder().order.id, to: .cancelled)
        let owed = try await counter.plainOrder()
        counter.stripe.refundFate = .refused("No.")
        _ = try? await RefundOrder(
            database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test"))(
                .init(orderID: owed.order.id, scope: .amount(minor: 100), reason: "Cold", restocks: false),
                by: .init(staffID: staff.id, idempotencyKey: IDSource.live.next()))
        counter.stripe.refundFate = .succeeds
        let contents: [StaffOrderPage.Content] = [
            content(collected), content(try counter.orders.detail(owed.order.id) ?? owed, problem: problem),
            content(try await counter.plainOrder()), content(paid), content(cancelled),
            content(made, problem: problem, emails: letters),
        ]
        return contents.map { StaffOrderPage($0, frame: frame) }
    }

    private func content(
        _ detail: OrderDetail, problem: Problem? = nil, emails: [EmailLife] = []
    ) -> StaffOrderPage.Content {
        StaffOrderPage.Content(
            detail: detail, refundableMinor: 900, emails: emails, session: nil, venue: venue, staff: staff, now: now,
            problem: problem,
            message: problem.map { _ in MessageForm(subject: "", text: "") })
    }

    func refunds() async throws -> [RefundPage] {
        let paid = try await counter.fullOrder()
        try await counter.database.write { try $0.execute("UPDATE order_lines SET reserved_stock = quantity") }
        let detail = try counter.orders.detail(paid.order.id) ?? paid
        var form = RefundForm()
        form.quantities = [detail.lines[0].id: "1"]
        form.restocks = true
        form.reason = "Cold"
        let plan = try RefundOrder(
            database: counter.database, stripe: counter.stripe.client, logger: Logger(label: "test")
        ).plan(form.request(for: detail.order))
        let standing = RefundStanding(quantities: [detail.lines[1].id: 1], refundableMinor: 900)
        let wrong = Problem.invalid([FieldError("amount", "No"), FieldError("reason", "No")])
        let contents: [RefundPage.Content] = [
            .init(detail: detail, refunded: standing, form: form),
            .init(detail: detail, refunded: standing, form: form, plan: plan),
            .init(detail: detail, refunded: standing, form: form, problem: wrong),
        ]
        return contents.map { RefundPage($0, staff: frame) }
    }

    func dashboards() -> [DashboardPage] {
        let rows = [CafeFixture.soup, nil].map { id in
            ReconciliationRepository.Difference(
                stripeID: "cs_1", kind: "session", orderID: id, orderNumber: 1, stripeMinor: 1, ledgerMinor: 2)
        }
        var money = DayMoney()
        money.sales = .init(grossMinor: 1000, discountMinor: 10, taxMinor: 70, includedTaxMinor: 5, tipMinor: 100)
        money.chargedMinor = 1160
        money.refundedMinor = 200
        return [[], rows].map { differences in
            DashboardPage(
                DashboardPage.Content(
                    health: .init(
                        checkedAt: now, failure: nil, compared: 1, repairedTotal: 0, differences: differences),
                    today: DayFigures(orders: 2, totalMinor: 1000), before: DayFigures(orders: 0, totalMinor: 0),
                    money: money, salesBefore: .init(), failedRefunds: Int64(differences.count),
                    open: 1, lowStock: [StockLevel(itemID: "soup", name: "Soup", count: 0, lowMark: 2)],
                    disputes: [OpenDispute(id: "du_1", orderID: "o1", amountMinor: 100, answerBy: now)], venue: venue,
                    now: now),
                staff: frame)
        }
    }

    func signIns() -> [SignInPage] {
        [SignInPage(returnTo: nil), SignInPage(email: "bea@ncmuse.co", returnTo: "/board", problem: problem)]
    }
}
