"""The invented clinic of ``natalizumab demo``. No person here exists, and nothing here is imported by a real clinic."""
