import MuseShared

/// What a card says and where its taps lead, by state and station.
struct BoardCardWords {
    let ticket: BoardRepository.Ticket
    let station: BoardStation

    private var order: Order { ticket.order }

    /// Of all that a card shows and that does not pass by itself.
    var version: String {
        let done = ticket.lines.map { String($0.doneQuantity) }.joined(separator: ".")
        return [
            String(ticket.returnedMinor), order.status.rawValue, String(order.changedAt.milliseconds),
            String(order.promisedAt?.milliseconds ?? 0),
            done,
        ].joined(separator: "-")
    }

    /// `Kitchen: 2 to do`, for a station that shares the order with others.
    var elsewhere: String? {
        guard let mine = station.name else { return nil }
        let others = ticket.kitchenLines(of: nil).filter { $0.station != mine }
        let open = Dictionary(grouping: others, by: \.station).mapValues { lines in
            lines.reduce(Int64(0)) { $0 + $1.openQuantity }
        }
        guard !open.isEmpty else { return nil }
        return open.sorted { $0.key < $1.key }.map { name, count in
            "\(BoardStation(name: name).label): \(count == 0 ? "done" : "\(count) to do")"
        }.joined(separator: ", ")
    }

    var move: BoardCard.Move? {
        if let name = station.name, order.status == .preparing {
            let fields = [("station", name), ("isDone", "true")]
            return BoardCard.Move(
                moveAction: Paths.done(order.id),
                moveLabel: isLastStation ? "Done, order ready" : "\(station.label) done",
                moveFields: fields.map(BoardCard.Field.init))
        }
        let next = MoveOrder.moves(from: order.status).first {
            $0 != .cancelled && !StaffWords.isBack($0, from: order.status)
        }
        return next.map { next in
            let fields = [("status", next.rawValue), ("seen", order.status.rawValue)]
            return BoardCard.Move(
                moveAction: Paths.status(order.id), moveLabel: StaffWords.move(to: next),
                moveFields: fields.map(BoardCard.Field.init))
        }
    }

    /// A station takes its own taps back, not what others have done since.
    var back: BoardCard.Back? {
        guard station == .all else { return nil }
        return MoveOrder.moves(from: order.status).first { StaffWords.isBack($0, from: order.status) }
            .map { BoardCard.Back(backStatus: $0.rawValue) }
    }

    private var isLastStation: Bool {
        ticket.kitchenLines(of: nil).allSatisfy { $0.station == station.name || $0.openQuantity == 0 }
    }
}
