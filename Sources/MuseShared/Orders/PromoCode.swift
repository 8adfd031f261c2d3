import Foundation

/// A code that lowers the price of an order: what it takes off, for what, when, and how often.
public struct PromoCode: Sendable, Equatable {
    public enum Reduction: Sendable, Equatable {
        /// 100000 is 10 %.
        case percent(millionths: Int64)
        case fixed(minor: Int64)
    }

    /// What staff decide of a code.
    public struct Terms: Sendable, Equatable {
        /// In capitals, as it is printed.
        public var code: String
        /// For staff.
        public var note = ""
        public var reduction: Reduction
        public var startsAt: Timestamp?
        /// From this moment on it no longer counts.
        public var endsAt: Timestamp?
        /// Of the whole order, before any discount.
        public var minimumSubtotalMinor: Int64 = 0
        public var maxUses: Int64?
        public var maxUsesPerPerson: Int64?
        /// Both empty: for everything.
        public var categoryIDs: [String] = []
        public var itemIDs: [String] = []
        public var isActive = true

        public init(code: String, reduction: Reduction) {
            self.code = code
            self.reduction = reduction
        }

        public var isForAll: Bool { categoryIDs.isEmpty && itemIDs.isEmpty }
    }

    public let id: String
    public var terms: Terms
    /// Orders that hold it or have used it.
    public let useCount: Int64
    /// Moves with every change of the terms.
    public let revision: Int64
    public let createdAt: Timestamp
    public let changedAt: Timestamp

    /// What was typed, as codes are stored: trimmed, in capitals.
    public static func normalized(_ typed: String) -> String {
        typed.trimmingCharacters(in: .whitespacesAndNewlines).uppercased()
    }
}
