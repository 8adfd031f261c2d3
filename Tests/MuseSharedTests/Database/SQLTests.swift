import MuseTestSupport
import Testing

@testable import MuseShared

struct SQLTests {
    @Test func `interpolation binds and never splices`() throws {
        let evil = "'; DROP TABLE orders; --"
        let sql: SQL = "SELECT * FROM orders WHERE id = \(evil) AND number = \(7) AND note = \(String?.none)"
        #expect(sql.text == "SELECT * FROM orders WHERE id = ? AND number = ? AND note = ?")
        #expect(sql.values == [.text(evil), .integer(7), .null])
    }

    @Test func `an empty list matches nothing`() throws {
        let sql: SQL = "SELECT 1 WHERE 'a' IN \([String]())"
        #expect(sql.text == "SELECT 1 WHERE 'a' IN (NULL)")
    }

    @Test func `reading a missing column or a wrong type throws instead of ending the program`() async throws {
        let temporary = try TemporaryDatabase()
        let row = try #require(try temporary.database.first("SELECT 'text' AS a, NULL AS b"))
        #expect(throws: RowError.self) { try row.int("a") }
        #expect(throws: RowError.self) { try row.text("b") }
        #expect(throws: RowError.self) { try row.text("c") }
        #expect(try row.optionalText("b") == nil)
    }
}
