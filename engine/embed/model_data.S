/* The converted encoder as read-only bytes of the binary. COMMONPLACE_MODEL_FILE comes from model.cmake. */
    .section .rodata
    .balign 64
    .globl commonplaceModelBegin
    .hidden commonplaceModelBegin
commonplaceModelBegin:
    .incbin COMMONPLACE_MODEL_FILE
    .globl commonplaceModelEnd
    .hidden commonplaceModelEnd
commonplaceModelEnd:
    .byte 0
    .section .note.GNU-stack, "", %progbits
