"""The tests mirror the packages; `servidores` brings up what they need beyond Python."""
