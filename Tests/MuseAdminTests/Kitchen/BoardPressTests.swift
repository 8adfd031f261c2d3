import MuseTestSupport
import Testing

@testable import MuseAdmin
@testable import MuseShared

struct BoardPressTests {
    @Test func `fifty boards at once are told from one print, each what it does not have yet`() async throws {
        let site = try await StaffSite.open()
        defer { site.program.database.close() }
        let counter = CheckoutCounter(cafe: site.cafe)
        let press = site.program.desk.press
        let first = try await counter.fullOrder().order.id
        let (known, everything) = try await press.news(at: .all, since: nil)
        #expect(try #require(everything).contains(first))
        let second = try await counter.fullOrder().order.id
        let told = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 1...50 { group.addTask { try await press.news(at: .all, since: known).news } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(told.count == 1)
        let news = try #require(told.first ?? nil)
        #expect(news.contains("order-\(second)") && !news.contains("\"order-\(first)"))
        let (latest, _) = try await press.news(at: .all, since: known)
        #expect(try await press.news(at: .all, since: latest).news == nil)
    }

    @Test func `a card that leaves is in no column, and one that moved is in another`() async throws {
        let site = try await StaffSite.open()
        defer { site.program.database.close() }
        let counter = CheckoutCounter(cafe: site.cafe)
        let press = site.program.desk.press
        let id = try await counter.plainOrder().order.id
        func columns() async throws -> [[String]] { try await press.everything(at: .all).columns.map(\.ids) }
        #expect(try await columns() == [[id], [], []])
        _ = try await counter.move(id, to: .ready)
        #expect(try await columns() == [[], [], [id]])
        #expect(try await press.everything(at: BoardStation(name: "bar")).columns.map(\.ids) == [[], []])
        _ = try await MoveOrder(database: counter.database)(
            .init(orderID: id, to: .completed, staffID: CafeFixture.barista))
        #expect(try await columns() == [[], [], []])
        #expect(try await press.everything(at: .all).sides?.contains("Recall") == true)
    }
}
