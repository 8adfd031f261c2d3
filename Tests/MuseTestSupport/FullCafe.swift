@testable import MuseShared

extension TemporaryDatabase {
    /// The café with opening hours, descriptions, diets and allergens (the water has none), an item that
    /// returns, and one with a photo.
    public static func fullCafe() async throws -> TemporaryDatabase {
        let cafe = try await cafe()
        // Noon of the test clock is open; the cake returns at five.
        try await cafe.database.write {
            try $0.executeScript(
                """
                DELETE FROM opening_hours;
                INSERT INTO opening_hours VALUES ('mo', 1, 450, 1380), ('tu', 2, 450, 1380);
                UPDATE menu_categories SET description = 'Roasted in town.' WHERE id = 'coffee';
                UPDATE menu_items SET description = 'As it should be.', dietary = '["vegetarian"]', allergens = '["milk"]'
                WHERE id <> 'water';
                UPDATE menu_items SET sold_out_until_ms = 1795471200000 WHERE id = 'cake';
                INSERT INTO photos (id, width_px, height_px, widths, placeholder, touched_at_ms)
                VALUES ('0a0b0c0d0e0f00010203040506070809', 1280, 960, '[320,640,1280]', 'data:image/webp;base64,UklG', 0);
                INSERT INTO photo_links VALUES
                  ('item', 'flat-white', '0a0b0c0d0e0f00010203040506070809', 'A flat white from above', 0);
                """)
        }
        return cafe
    }
}

extension CheckoutCounter {
    /// An order with everything that can be written on one, paid unless it shall wait.
    public func fullOrder(isPaid: Bool = true) async throws -> OrderDetail {
        var request = OrderRequest(
            lines: [
                OrderRequest.Line(
                    itemId: CafeFixture.flatWhite, quantity: 2,
                    options: [.init(id: CafeFixture.oatMilk), .init(id: CafeFixture.shot)], note: "Extra hot"),
                Self.line(CafeFixture.croissant),
            ],
            fulfilment: .init(type: .pickup),
            contact: .init(name: "Ada Lovelace", email: "ada@example.com", phone: "+1 704 555 0101"), tipMinor: 150)
        request.note = "It is a birthday"
        return try await placed(.init(order: request, idempotencyKey: IDSource.live.next()), isPaid: isPaid)
    }

    /// A paid order with nothing written on it.
    public func plainOrder() async throws -> OrderDetail {
        try await placed(Self.request(), isPaid: true)
    }

    private func placed(_ request: PlaceOrder.Request, isPaid: Bool) async throws -> OrderDetail {
        let order = try await place()(request).order
        if isPaid {
            let session = try CheckoutRepository(database: database).session(ofOrder: order.id)?.stripeID
            stripe.pay(session ?? "")
            try await settle(orderID: order.id)
        }
        guard let detail = try orders.detail(order.id) else { throw VenueMissing() }
        return detail
    }

    /// Puts a refund of all, or of a part, beside an order.
    public func giveBack(_ order: Order, minor: Int64? = nil) async throws {
        let amount = minor ?? order.totals.totalMinor
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO refunds
                  (id, order_id, amount_minor, reason, state, payment_intent_id, next_attempt_at_ms, created_at_ms)
                VALUES (\(IDSource.live.next()), \(order.id), \(amount), 'spilt', 'succeeded', 'pi', 0, \(transaction.now))
                """)
        }
    }

    /// Gives the croissants that were ordered to the oven.
    public func putToStations() async throws {
        try await database.write {
            try $0.executeScript("UPDATE order_lines SET station = 'oven' WHERE subject_id = 'croissant'")
        }
    }

    /// Moves a paid order as staff do, one state after the other.
    public func move(_ id: String, to status: OrderStatus) async throws -> OrderDetail {
        let way: [OrderStatus] = [.preparing, .ready, .completed]
        let steps = way.firstIndex(of: status).map { Array(way[...$0]) } ?? [status]
        let move = MoveOrder(database: database)
        for step in steps { _ = try await move(.init(orderID: id, to: step, staffID: CafeFixture.barista)) }
        guard let detail = try orders.detail(id) else { throw VenueMissing() }
        return detail
    }
}
