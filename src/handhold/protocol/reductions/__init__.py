"""What the explorer leaves out of a state, each reduction by itself; argued in docs/adr/0009, joined in `reducing`."""
