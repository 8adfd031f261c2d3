/// The log entries of what staff set about the venue.
enum VenueLog {
    static func record(
        _ action: String, of subject: String = "venue", _ difference: Difference, by staffID: String, id: String,
        in transaction: Transaction
    ) throws {
        guard !difference.isEmpty else { return }
        try ActionLogRepository.record(
            ActionLogRepository.Entry(
                id: id, staffID: staffID, action: action, subjectID: subject, difference: difference),
            in: transaction)
    }
}
