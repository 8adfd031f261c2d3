@testable import MuseShared

/// A small café, open day and night, with one item of each kind that a rule cares about.
public enum CafeFixture {
    /// $4.00, required milk (choose 1), up to two shots at $0.90.
    public static let flatWhite = "flat-white"
    /// $3.25, no options.
    public static let croissant = "croissant"
    /// $9.50, three left.
    public static let soup = "soup"
    /// $5.00, sold out by hand.
    public static let cake = "cake"
    /// $0.00.
    public static let water = "water"
    public static let wholeMilk = "whole-milk"
    /// +$0.80.
    public static let oatMilk = "oat-milk"
    /// Sold out.
    public static let soyMilk = "soy-milk"
    /// +$0.90, at most two.
    public static let shot = "shot"
    /// Nobody's salary: the staff row that moves orders in tests.
    public static let barista = "barista"

    public static func insert(into database: Database) async throws {
        try await database.write { try $0.executeScript(script) }
    }

    private static let script = """
        INSERT INTO venue (id, name, tagline, street, city, phone, email, currency, time_zone)
        VALUES (1, 'Muse & Co', 'Café and lounge', '12 Camden Road', 'Charlotte', '+1 704 555 0100',
                'hello@ncmuse.co', 'USD', 'America/New_York');
        INSERT INTO opening_hours (id, weekday, opens_minute, closes_minute) VALUES
          ('day-1-0', 1, 0, 1440), ('day-2-0', 2, 0, 1440), ('day-3-0', 3, 0, 1440), ('day-4-0', 4, 0, 1440),
          ('day-5-0', 5, 0, 1440), ('day-6-0', 6, 0, 1440), ('day-7-0', 7, 0, 1440);
        INSERT INTO tax_classes VALUES ('food', 'Prepared food');
        INSERT INTO tax_rates VALUES ('food', 'pickup', 'Sales tax', 72500, 0), ('food', 'dineIn', 'Meals tax', 82500, 0);
        INSERT INTO menu_categories (id, name, position) VALUES ('coffee', 'Coffee', 1), ('kitchen', 'Kitchen', 2);
        INSERT INTO menu_items (id, category_id, name, price_minor, tax_class_id, stock_count, is_sold_out, position) VALUES
          ('flat-white', 'coffee', 'Flat white', 400, 'food', NULL, 0, 1),
          ('croissant', 'kitchen', 'Croissant', 325, 'food', NULL, 0, 1),
          ('soup', 'kitchen', 'Tomato soup', 950, 'food', 3, 0, 2),
          ('cake', 'kitchen', 'Carrot cake', 500, 'food', NULL, 1, 3),
          ('water', 'kitchen', 'Tap water', 0, 'food', NULL, 0, 4);
        INSERT INTO modifier_groups (id, name, min_choices, max_choices) VALUES ('milk', 'Milk', 1, 1), ('shots', 'Extra shots', 0, 2);
        INSERT INTO modifier_options (id, group_id, name, price_minor, max_quantity, is_sold_out, position) VALUES
          ('whole-milk', 'milk', 'Whole milk', 0, 1, 0, 1), ('oat-milk', 'milk', 'Oat milk', 80, 1, 0, 2),
          ('soy-milk', 'milk', 'Soy milk', 50, 1, 1, 3), ('shot', 'shots', 'Extra shot', 90, 2, 0, 1);
        INSERT INTO menu_item_modifier_groups VALUES ('flat-white', 'milk', 1), ('flat-white', 'shots', 2);
        INSERT INTO cache_versions VALUES ('menu', 1, 0), ('orders', 1, 0), ('emails', 1, 0);
        INSERT INTO staff (id, email, name, role, password_hash, created_at_ms)
        VALUES ('barista', 'bea@ncmuse.co', 'Bea', 'staff', '', 0);
        """
}
