"""The desks of moderation, of proposals, of shared texts and of quotes without a place."""
